"""What link texts, titles and addresses say about the kind of a legal page."""

import pytest

from auditor.legal import kinds_of

NAMES = {
    "privacy": [
        "Privacy", "Privacy Policy", "PRIVACY\u00a0POLICY", "Privacy\n   policy", "Ｐｒｉｖａｃｙ　Ｐｏｌｉｃｙ", "Our privacy notice",
        "Fernhill Supply Privacy Policy", "Privacy policy of Fernhill Supply", "Privacy Policy – Fernhill Supply", "Privacy protection",
        "Datenschutzerklärung", "DATENSCHUTZ", "Datenschutzerkla\u0308rung", "Zur Datenschutzerklärung", "Datenschutz bei Fernhill",
        "Politique de confidentialité", "Politique de confidentialite", "Protection des données personnelles", "Vie privée",
        "Política de privacidad", "Aviso de privacidad", "Informativa sulla privacy", "Privacybeleid", "Privacyverklaring",
        "Polityka prywatności", "Política de Privacidade", "개인정보처리방침", "개인정보 처리방침", "[필수] 개인정보 처리방침",
        "하늘상점 개인정보처리방침", "隐私政策", "《隐私政策》", "星桥商城隐私政策", "隱私權政策", "プライバシーポリシー", "個人情報の取り扱いについて", "個人情報保護方針",
        "Privacy policy (opens in a new tab)", "> Privacy", "Privacy Policy 2026",
    ],
    "cookies": ["Cookies", "Cookie policy", "Cookie-Richtlinie", "Politique de cookies", "Política de cookies", "Informativa sui cookie",
                "Cookiebeleid", "Polityka plików cookies", "쿠키 정책", "Cookie政策", "クッキーポリシー", "外部送信ポリシー"],
    "terms": ["Terms", "Terms & Conditions", "Terms and conditions", "T&Cs", "Terms of Service", "Allgemeine Geschäftsbedingungen", "AGB",
              "Unsere AGB", "Conditions générales de vente", "CGV", "Términos y condiciones", "Condizioni generali di vendita",
              "Algemene voorwaarden", "Regulamin sklepu", "Termos e condições", "이용약관", "이용 약관", "用户协议", "服务条款", "利用規約", "ご利用規約"],
    "copyright": ["Copyright", "Copyright and Disclaimer", "Disclaimer", "Haftungsausschluss", "Propriété intellectuelle", "저작권 정책", "면책조항",
                  "版权声明", "版权与免责声明", "免责声明", "免責事項", "著作権・免責事項"],
    "imprint": ["Imprint", "Impressum", "Colofon", "Bedrijfsgegevens", "Informations légales"],
    "returns": ["Returns", "Returns & Exchanges", "Shipping & Returns", "Refund policy", "Right of withdrawal", "Widerrufsbelehrung",
                "Droit de rétractation", "Devoluciones", "Diritto di recesso", "Retourneren", "Zwroty", "교환/반품", "교환 및 반품 안내", "退换货政策", "返品・交換について"],
    "contact": ["Contact", "Contact us", "Kontakt", "Nous contacter", "Contáctanos", "Contatti", "문의하기", "联系我们", "お問い合わせ"],
    "do-not-sell": ["Do Not Sell or Share My Personal Information", "Do not sell my info", "Your Privacy Choices",
                    "Limit the Use of My Sensitive Personal Information"],
    "seller": ["特定商取引法に基づく表記", "特定商取引に関する法律に基づく表示", "사업자정보확인", "사업자 정보", "营业执照"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in NAMES.items() for text in texts])
def test_names_a_kind(kind, text):
    assert kinds_of(text) == (kind,)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Privacy & Cookies", ("privacy", "cookies")),
        ("Privacy and cookie policy", ("privacy", "cookies")),
        ("AGB & Datenschutz", ("privacy", "terms")),
        ("Impressum und Datenschutz", ("privacy", "imprint")),
        ("이용약관 및 개인정보처리방침", ("privacy", "terms")),
        ("用户协议和隐私政策", ("privacy", "terms")),
        ("利用規約・プライバシーポリシー", ("privacy", "terms")),
        ("隐私政策 Privacy Policy", ("privacy",)),
        ("Mentions légales", ("copyright", "imprint")),
        ("Legal notice", ("copyright", "imprint")),
        ("Contact & Imprint", ("imprint", "contact")),
    ],
)
def test_names_several_kinds(text, kinds):
    assert kinds_of(text) == kinds


LOOKALIKES = """
Private label
Private sale
Contact lenses
Contact grill
Lentes de contacto
Kontaktlinsen
コンタクトレンズ
콘택트렌즈
Terms of endearment
Long-term storage
Why privacy matters
How to write a privacy policy
Privacy policy: what changes for your shop?
Privacy policy template
Changes to our privacy policy
Privacy screen film
Privacy settings
Cookie settings
Chocolate chip cookies
Homemade cookies
Cookie jar
Datenschutz im Verein – das Handbuch
Copyright © 2026 Fernhill Supply
Copyright 2026
© Fernhill
All rights reserved
版权所有 星桥商城
Return to shop
Return home
Happy Returns Vol. 2
개인정보 처리방침 변경 안내
개인정보보호위원회
교환학생 가방
隐私政策更新公告
防窥隐私膜
プライバシーフィルター
返品不可商品
Conditioner
Condiciones meteorológicas
Regulamin konkursu letniego
Impressumspflicht erklärt
The quick brown fox jumps over the privacy policy of the lazy dog and goes on to tell us what it thinks about terms
""".strip().splitlines()


@pytest.mark.parametrize("text", LOOKALIKES)
def test_a_lookalike_names_none(text):
    assert kinds_of(text) == ()


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("/privacy", ("privacy",)),
        ("/en/privacy-policy/", ("privacy",)),
        ("/privacy_policy.php", ("privacy",)),
        ("/content/3-privacy", ("privacy",)),
        ("/policies/privacy-policy", ("privacy",)),
        ("/policies/terms-of-service", ("terms",)),
        ("/policies/refund-policy", ("returns",)),
        ("/privacy/index.html", ("privacy",)),
        ("/legal/privacy/en-gb", ("privacy",)),
        ("/datenschutz", ("privacy",)),
        ("/datenschutzerkl%C3%A4rung", ("privacy",)),
        ("/agb.html", ("terms",)),
        ("/impressum", ("imprint",)),
        ("/politique-de-confidentialite", ("privacy",)),
        ("/mentions-legales", ("copyright", "imprint")),
        ("/%EA%B0%9C%EC%9D%B8%EC%A0%95%EB%B3%B4%EC%B2%98%EB%A6%AC%EB%B0%A9%EC%B9%A8", ("privacy",)),
        ("/index.php?route=information/privacy-policy", ("privacy",)),
        ("/?s=agreement/userprivacy.html", ("privacy",)),
        ("/?page=terms-and-conditions", ("terms",)),
        ("/cookie-policy-eu", ("cookies",)),
        ("/tokushoho", ("seller",)),
        ("/contact", ("contact",)),
        ("/why-privacy-matters", ()),
        ("/private-label", ()),
        ("/contact-lenses", ()),
        ("/category/cookies", ()),
        ("/collections/returns", ()),
        ("/blog/privacy", ()),
        ("/?s=privacy", ()),
        ("/search?q=privacy", ()),
        ("/", ()),
        ("", ()),
    ],
)
def test_addresses(path, kinds):
    assert kinds_of("", f"https://www.fernhill-supply.shop{path}" if path else "") == kinds


def test_text_and_address_add_up():
    assert kinds_of("Read more", "https://shop.localhost/privacy") == ("privacy",)
    assert kinds_of("Privacy", "https://shop.localhost/article.php?id=7") == ("privacy",)
    assert kinds_of("Terms", "https://shop.localhost/cookie-policy") == ("cookies", "terms")


def test_a_common_word_below_goods_or_posts_is_no_document():
    assert kinds_of("Cookies", "https://shop.localhost/category/cookies") == ()
    assert kinds_of("Cookies", "https://shop.localhost/cookies") == ("cookies",)


def test_a_broken_or_foreign_address_is_harmless():
    assert kinds_of("Contact", "mailto:shop@fernhill-supply.shop") == ()
    assert kinds_of("Privacy", "http://[broken") == ("privacy",)
    assert kinds_of("Privacy", "#") == ("privacy",)
