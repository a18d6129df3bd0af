"""Names of pages about copyright in a page's menus, in eight languages: words alone are told, links and sections are not."""

import pytest

from auditor.reading import Reading
from auditor.rules.links.legal_name_unlinked import legal_name_unlinked

# language: title of the page, three names of a page about copyright, another page's name, a sentence of the page, one about copyright
NAMES = {
    "en": ("Privacy protection", ("Copyright and Disclaimer", "Copyright notice", "Disclaimer of liability"), "Terms of use",
           "We store your name and address for as long as the law asks us to keep invoices, and delete them afterwards.",
           "All pictures and texts are protected by copyright."),
    "de": ("Datenschutz", ("Urheberrecht und Haftungsausschluss", "Urheberrechtshinweis", "Haftungsausschluss"), "Nutzungsbedingungen",
           "Wir speichern Ihren Namen und Ihre Anschrift, solange wir Rechnungen aufbewahren müssen, und löschen beides danach.",
           "Für Links auf andere Seiten haften wir nicht ohne Kenntnis."),
    "fr": ("Politique de confidentialité", ("Droits d'auteur et avertissement", "Avis de droit d'auteur", "Clause de non-responsabilité"),
           "Conditions d'utilisation", "Nous conservons votre nom et votre adresse tant que la loi l'exige, puis nous les effaçons.",
           "Les textes et les images relèvent de la propriété intellectuelle de la boutique."),
    "es": ("Política de privacidad", ("Aviso de copyright", "Aviso de derechos de autor", "Descargo de responsabilidad"), "Condiciones de uso",
           "Guardamos su nombre y su dirección mientras la ley nos obligue a conservar las facturas, y después los borramos.",
           "Los textos e imágenes están protegidos por derechos de autor."),
    "it": ("Informativa sulla privacy", ("Avviso di copyright", "Esclusione di responsabilità", "Esonero di responsabilità"), "Condizioni d'uso",
           "Conserviamo il nome e l'indirizzo finché la legge ci impone di tenere le fatture, poi li cancelliamo.",
           "Testi e immagini sono tutelati dal diritto d'autore."),
    "ko": ("개인정보 처리방침", ("저작권 및 면책조항", "저작권 정책", "면책조항"), "이용약관",
           "회사는 관계 법령에서 정한 기간 동안 이름과 주소를 보관한 뒤 지체 없이 파기합니다.", "모든 글과 사진의 저작권은 회사에 있으며 무단 사용을 금합니다."),
    "zh": ("隐私政策", ("版权与免责声明", "版权声明", "免责声明"), "服务协议",
           "我们仅在法律要求保存发票的期限内保存您的姓名和地址，期满后予以删除。", "本站文字与图片的版权归本公司所有，未经许可不得转载。"),
    "ja": ("プライバシーポリシー", ("著作権及び免責事項", "著作権について", "免責事項"), "利用規約",
           "当社は法令が請求書の保存を求める期間に限り、お名前とご住所を保管し、その後消去します。", "掲載している文章と写真の著作権は当社に帰属します。"),
}  # fmt: skip
EACH = pytest.mark.parametrize("language", NAMES)


def told(source, markup=True):
    reading = Reading(source, markup=markup, kind="privacy")
    return [(reading.quote(one.start, one.end), not one.unsure) for one in legal_name_unlinked(reading.page)]


def page(language, menu, more=""):
    title, _, _, sentence, _ = NAMES[language]
    return f"<main><h1>{title}</h1><p>{sentence}</p><p>{sentence} {sentence}</p>{more}</main><footer>{menu}</footer>"


@EACH
def test_a_name_without_a_link_in_a_menu_is_told(language):
    _, names, other, _, _ = NAMES[language]
    for name in names:
        menu = f"<ul><li><a href='/terms'>{other}</a></li><li>{name}</li></ul>"
        assert told(page(language, menu)) == [(name, True)]
        assert told(page(language, f"<p><span>{name}</span></p>")) == [(name, True)]


@EACH
def test_in_plain_text_a_person_must_look(language):
    title, names, _, sentence, _ = NAMES[language]
    for name in names:
        assert told(f"Fernhill\n\n{title}\n\n{name}\n\n{sentence}\n", markup=False) == [(name, False)]


@EACH
def test_links_buttons_sections_and_tables_of_contents_are_silent(language):
    title, names, other, sentence, own = NAMES[language]
    for name in names:
        assert told(page(language, f"<a href='/c'>{name}</a> <a href='/'>{other}</a>")) == []
        assert told(page(language, f"<button>{name}</button>")) == []
        assert told(page(language, f"<p>{name}</p><p><a href='/copyright'>»</a></p>")) == []
        assert told(page(language, "© 2026 Fernhill", f"<h2>{name}</h2><p>{own}</p>")) == []
        assert told(f"{other}\n\n{name}\n\n{own}\n", markup=False) == []
        assert told(f"{title}\n\n{other}\n{name}\n\n{sentence}\n\n{name}\n\n{own}\n", markup=False) == []
        assert told(f"{sentence}\n\n{name}\n\n{sentence}\n", markup=False) == []


def test_the_subject_alone_is_no_name():
    assert told(page("en", "<p>Copyright</p><p>2026 Fernhill Supply</p>")) == []


def test_a_box_of_the_footer_with_its_title_is_no_entry():
    box = "<h4>Disclaimer</h4><p>These statements have not been looked at by any authority, and no herb heals by itself.</p>"
    assert told(page("en", box)) == []
    assert told(page("en", "<p>Disclaimer</p><p>Prices without engagement.</p>")) == []
