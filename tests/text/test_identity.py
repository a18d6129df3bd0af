"""What a document says about its operator, in eight languages: names, numbers, addresses, contacts, and whose they are.

The numbers are made up and have right checksums, but for the ones that are called wrong.
"""

import pytest

from auditor import identity
from auditor.document import from_text, read

IMPRINTS = {
    "en": (
        "The data controller is Fernhill Supply Limited, 12 Mill Lane, Oxford OX2 7QT. Company number 08231764, VAT No. GB 327 6544 44.",
        "fernhill supply", {"uk-company": "08231764", "vat-gb": "GB327654444"}, "ox27qt 12milllane",
    ),
    "de": (
        "Angaben gemäß § 5 DDG\nBirkenhof Versand GmbH\nAm Wehr 7\n37603 Holzminden\nRegisternummer: HRB 204815\n"
        "Umsatzsteuer-Identifikationsnummer gemäß § 27 a Umsatzsteuergesetz: DE 375 749 118",
        "birkenhof versand", {"de-hrb": "HRB204815", "vat-de": "DE375749118"}, "37603 amwehr7",
    ),
    "fr": (
        "Raison sociale : Atelier du Lavoir SARL\n14 rue des Tanneurs, 35600 Redon\nRCS Rennes 807 924 402 – SIRET : 807 924 402 00090\n"
        "N° TVA intracommunautaire : FR 74 807924402",
        "atelier du lavoir", {"fr-siren": "807924402", "fr-siret": "80792440200090", "vat-fr": "FR74807924402"}, "35600 14ruedestanneurs",
    ),
    "es": (
        "Titular: Almazara Ribera, S.L.\nCIF: B-99548620\nDomicilio: Calle Molino 4, 23400 Úbeda",
        "almazara ribera", {"es-nif": "B99548620"}, "23400 cmolino4",
    ),
    "it": (
        "Ragione sociale: Bottega Carraia S.r.l.\nVia dei Fossi 12, 50123 Firenze\nP. IVA 02516780083",
        "bottega carraia", {"vat-it": "IT02516780083"}, "50123 viadeifossi12",
    ),
    "ko": (
        "상호 : 주식회사 솔내 | 대표자 : 윤서하 | 사업자등록번호 : 214-87-71333 | 통신판매업신고 : 제2024-성남분당-0417호\n"
        "주소 : 경기도 성남시 분당구 느티로 27, 3층",
        "솔내", {"kr-business": "2148771333", "kr-mail-order": "2024-417"}, "경기도성남시분당구느티로27",
    ),
    "zh": (
        "公司名称：杭州溪石茶业有限公司\n统一社会信用代码：91330106MA2H156183\n地址：浙江省杭州市西湖区龙坞路88号",
        "杭州溪石茶业", {"cn-credit": "91330106MA2H156183"}, "浙江省杭州市西湖区龙坞路88号",
    ),
    "ja": (
        "販売業者：株式会社みなと雑貨\n法人番号：8020002794019\n適格請求書発行事業者登録番号：T8020002794019\n所在地：〒231-0012 神奈川県横浜市中区相生町4-68-2",
        "みなと雑貨", {"jp-corporate": "8020002794019", "jp-invoice": "T8020002794019"}, "2310012神奈川県横浜市中区相生町4682",
    ),
}  # fmt: skip
HOSTS = {
    "en": "Our web space is hosted by Larchmount Hosting Ltd, 4 Dock Road, Bristol BS1 4QA, VAT number GB 327 6544 44.",
    "de": "Hosting: Der Server steht bei der Nordlicht Rechenzentrum GmbH, Prinzenstraße 5, 30159 Hannover, USt-IdNr. DE 375 749 118.",
    "fr": "Hébergeur : Coteaux Réseau SAS, 3 quai de la Fosse, 44000 Nantes, SIRET 807 924 402 00090.",
    "es": "El alojamiento lo presta Costa Servidores, S.L., Calle Faro 3, 15001 A Coruña, CIF B99548620.",
    "it": "Il sito è ospitato da Pianura Hosting S.p.A., Via Emilia 9, 40121 Bologna, P. IVA 02516780083.",
    "ko": "호스팅 서비스 : 가온호스팅(주), 사업자등록번호 : 214-87-71333",
    "zh": "服务器托管：宁波云帆科技有限公司，统一社会信用代码：91330106MA2H156183",
    "ja": "サーバーの委託先：合同会社しおかぜ、法人番号：8020002794019",
}


@pytest.mark.parametrize("language", IMPRINTS)
def test_reads_an_operator(language):
    text, name, numbers, address = IMPRINTS[language]
    document = from_text(text)
    (operator,) = [fact for fact in identity.names(document) if fact.whose == "operator"]
    assert operator.value == name
    found = identity.numbers(document)
    assert {fact.scheme: fact.value for fact in found} == numbers
    assert all(fact.valid is not False for fact in found)
    assert {fact.whose for fact in found} == {"operator"}
    (place,) = identity.addresses(document)
    assert (place.value, place.whose) == (address, "operator")
    for fact in found:
        written = document.text[fact.start : fact.end]
        assert fact.value.removeprefix("IT").rpartition("-")[2] in "".join(c for c in written if c.isalnum())


@pytest.mark.parametrize("language", HOSTS)
def test_what_is_somebody_elses_is_not_the_operators(language):
    document = from_text(HOSTS[language])
    facts = [*identity.names(document), *identity.numbers(document), *identity.addresses(document)]
    assert len(facts) >= 2
    assert "operator" not in {fact.whose for fact in facts}


@pytest.mark.parametrize(
    ("value", "check", "valid"),
    [
        ("DE375749118", "eu.vat", True), ("DE375749119", "eu.vat", False), ("DE37574911", "eu.vat", False),
        ("GB327654444", "eu.vat", True), ("XI327654444", "eu.vat", True), ("GB327654445", "eu.vat", False),
        ("ATU64268465", "eu.vat", True), ("NL810532402B01", "eu.vat", True), ("PL5732980845", "eu.vat", True),
        ("IT02516780083", "it.iva", True), ("IT02516780084", "it.iva", False), ("807924402", "fr.siren", True),
        ("80792440200091", "fr.siret", False), ("B99548621", "es.nif", False), ("2148771334", "kr.brn", False),
        ("91330106MA2H156184", "cn.uscc", False), ("8020002794018", "jp.cn", False), ("46694536929", "au.abn", True),
        ("23605624000138", "br.cnpj", True), ("23605624000139", "br.cnpj", False), ("CHE186748297", "ch.uid", True),
        ("HRB204815", "", None),
    ],
)  # fmt: skip
def test_checksums(value, check, valid):
    assert identity.is_valid(value, check) is valid


def test_a_table_is_read_as_labels_and_values():
    document = read(
        "<table><tr><th>사업자등록번호</th><td>214-87-71333</td></tr><tr><td>USt-IdNr.</td><td>DE375749118</td></tr></table>",
        "",
    )
    assert [fact.value for fact in identity.numbers(document)] == ["2148771333", "DE375749118"]


def test_a_number_without_a_label_is_none():
    document = from_text("Order DE375749118 from list 214-87-71333 or 80792440200090, phone 0 807 924 402.")
    assert identity.numbers(document) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fernhill Supply Ltd", "FERNHILL SUPPLY LIMITED"), ("Fernhill Supply Ltd", "Fernhill Group Holding GmbH"),
        ("(주)솔내", "주식회사 솔내"), ("솔내상점 주식회사", "솔내(주)"), ("株式会社みなと雑貨", "みなと雑貨株式会社"),
        ("杭州溪石茶业有限公司", "溪石茶铺由杭州溪石茶业有限公司"), ("주식회사 솔내", "Solnae Co., Ltd."),
        ("Hansen & Mauritzen GmbH", "H&M SE"), ("Birkenhof-Versand GmbH", "Birkenhofversand AG"),
    ],
)  # fmt: skip
def test_names_that_may_be_one_company(one, other):
    assert identity.same_company(identity.core(one), identity.core(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fernhill Supply Ltd", "Larchmount Trading Ltd"), ("Birkenhof Versand GmbH", "Nordlicht Handels GmbH"),
        ("주식회사 솔내", "(주)가온"), ("株式会社みなと雑貨", "合同会社しおかぜ"), ("杭州溪石电子商务有限公司", "杭州云帆电子商务有限公司"),
    ],
)  # fmt: skip
def test_names_of_different_companies(one, other):
    assert not identity.same_company(identity.core(one), identity.core(other))


def test_emails_and_phones():
    document = read(
        "<p>Tel. 031-782-4096, <a href='mailto:Help@Solnae.shop?subject=x'>write</a> or post@solnae.shop</p><a href='tel:+82317824096'>call</a>",
        "",
    )
    assert [fact.value for fact in identity.emails(document)] == ["help@solnae.shop", "post@solnae.shop"]
    assert {fact.value for fact in identity.phones(document, "KR")} == {"+82317824096"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RCS Rennes B 807 924 402", "SIREN 807924402"), ("Company number 8231764", "Registered in England no. 08231764"),
        ("HRB 204815 B", "HRB-Nr.: 204815"), ("CIF: ESB99548620", "N.I.F. B-99548620"), ("P. IVA 02516780083", "P.IVA IT02516780083"),
        ("통신판매업신고 : 제2024-성남분당-0417호", "통신판매번호 2024-경기성남-417"), ("사업자등록번호 2148771333", "사업자등록번호 : 214-87-71333"),
        ("VAT No. GB327654444", "VAT reg no: GB 327 6544 44"),
    ],
)  # fmt: skip
def test_numbers_written_otherwise_are_the_same(one, other):
    (first,), (second,) = (identity.numbers(from_text(text)) for text in (one, other))
    assert (first.scheme, first.value) == (second.scheme, second.value)


def test_an_amount_is_no_register_number():
    document = from_text(
        "RCS Nanterre, au capital de 120 000 000 euros\nRCS Rennes 130 000 000 €\nSIREN téléphone 140 000 000"
    )
    assert identity.numbers(document) == []


@pytest.mark.parametrize(
    "text",
    ["A-" * 5000, "Aa " * 8000, "(주)" * 5000, "VAT number " * 3000, "一" * 20000, "Ab Ltd (hereinafter " * 1500, "Verantwortlicher ist die Ab GmbH " * 800],
    ids=["hyphens", "words", "forms", "labels", "han", "definitions", "controllers"],
)  # fmt: skip
@pytest.mark.timeout(10)
def test_hostile_texts_take_no_time(text):
    document = from_text(text)
    for read_facts in (identity.names, identity.numbers, identity.addresses, identity.emails):
        assert len(read_facts(document)) <= identity.MAX_FACTS
