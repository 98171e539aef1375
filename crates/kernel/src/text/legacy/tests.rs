#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

fn read(bytes: impl AsRef<[u8]>) -> (String, Encoding) {
    let decoded = decode(bytes.as_ref()).unwrap();
    (decoded.text, decoded.encoding)
}

#[track_caller]
fn assert_unchanged(text: &str) {
    assert_eq!(read(text), (nfc(text), Encoding::Utf8));
}

#[test]
fn known_phrases_are_converted() {
    for (pasted, text, encoding) in [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", Encoding::Tcvn3),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc", Encoding::Tcvn3),
        ("“Céng hßa”… x∙\u{a0}héi\u{200b} – ViÖt Nam", "“Cộng hòa”… xã\u{a0}hội\u{200b} – Việt Nam", Encoding::Tcvn3),
        ("ViÖt Nam", "Việt Nam", Encoding::Tcvn3),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", Encoding::Vni),
        ("ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC", Encoding::Vni),
        ("<p class=\"x\">Quyeát ñònh soá 5</p>", "<p class=\"x\">Quyết định số 5</p>", Encoding::Vni),
        ("Vieät Nam", "Việt Nam", Encoding::Vni),
    ] {
        let expected = (text.to_owned(), encoding);
        assert_eq!(read(pasted), expected);
        assert_eq!(read(format!("\u{feff}{pasted}")), expected);
    }
}

#[test]
fn upper_case_typed_for_an_upper_case_font_comes_back_as_upper_case() {
    let bytes = encode_tcvn3("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, ĐĂK LĂK").unwrap();
    assert_eq!(as_windows_1252(&bytes), "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM, §¡K L¡K");
    assert_eq!(read(bytes).0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, ĐĂK LĂK");
}

#[test]
fn unicode_text_stays_as_it_is() {
    for text in [
        "The quick brown fox – “naïve” café, 5 µm × 3 m², © 2024 Acme®, £5 · 20 °C ½ «a»",
        "10 µm and 20 µm",
        "déjà là, où êtes-vous, naïve",
        "Où est le thé ? Né à Noël, il dût être sûr d’où il sort : « bébé », hôtel, tôt, dès août, goût.",
        "Où",
        "Où où",
        "« né » et « thé »",
        "Über schöne Mädchen: daß die Straße größer wäre, muß für süße Bären gehört können.",
        "Öl, Tür, Bär, spät, müde",
        "Aún no. El niño está aquí, ¿sí? Tú y él, más o menos, según la canción española.",
        "Aún no",
        "Não há só você: é já lá, dá à mãe irmãos; país, saúde, avô, pôr, têm, leões.",
        "Så må du gå på toget når året er slut; være og bør gøre øl på en kø, første måde.",
        "Hän tuli, jää tänään työssä; itseä, lieä.",
        "Però la città è così, perché ciò può, più là.",
        "Això és així, però no col·labora amb el pròxim·",
        "Thông tin",
        "Thông báo và tài khoản",
        "Hoàn toàn",
        "Hoà bình, khoá toán, xoá hoàn toàn",
        "Bà Trà, ông Hùng, cô Thoa, em Tú",
        "Cà Mau",
        "Hà Nội",
        "Quyết định số 12/2024/QĐ-UBND",
        "báo cáo",
        "Báo cáo công tác tháng 5 và tháng 6",
        "Thủ tướng Chính phủ",
        "ĐỘC LẬP",
        "日本語 is fine",
        "xét + G ×",
        "Uû ban",
        "x² + y² = z², a·b ≠ b·a",
    ] {
        assert_unchanged(text);
        assert_unchanged(&format!("{text}\n{text}"));
    }
}

#[test]
fn decomposed_unicode_is_composed_and_the_byte_order_mark_dropped() {
    let decomposed = "\u{feff}Vie\u{302}\u{323}t Nam, co\u{323}\u{302}ng ho\u{300}a";
    assert_eq!(read(decomposed), ("Việt Nam, cộng hòa".to_owned(), Encoding::Utf8));
}

#[test]
fn utf_16_with_a_mark_is_text_only_if_it_reads_as_latin() {
    let text = "Cộng hòa xã hội chủ nghĩa Việt Nam";
    let units = || std::iter::once(0xfeff).chain(text.encode_utf16());
    let expected = (text.to_owned(), Encoding::Utf8);
    assert_eq!(read(units().flat_map(u16::to_le_bytes).collect::<Vec<_>>()), expected);
    assert_eq!(read(units().flat_map(u16::to_be_bytes).collect::<Vec<_>>()), expected);
    for bytes in
        [b"\xff\xfe\x00garbage\x00\x01".as_slice(), b"\xff\xfea\x00b", b"\xff\xfea\x00\x00\x00", b"\xfe\xff\xd8\x00\x00a"]
    {
        assert_eq!(decode(bytes), Err(DecodeError::Binary));
    }
}

#[test]
fn what_is_no_text_is_refused() {
    for blank in ["", " \r\n\t", "\u{feff}", "\u{a0}\u{200b}\n"] {
        assert_eq!(decode(blank.as_bytes()), Err(DecodeError::Empty));
    }
    assert_eq!(decode(b"\xff\xfe"), Err(DecodeError::Empty));
    assert_eq!(decode(b"\xa0\xa0"), Err(DecodeError::Empty));
    for binary in [b"a\0b".as_slice(), b"\x89PNG\r\n\x1a\n\x00\x00", b"\x01\x02\x03", b"PK\x03\x04\xff"] {
        assert_eq!(decode(binary), Err(DecodeError::Binary));
    }
    for foreign in ["Déjà là, il est né à Besançon", "Über schöne Mädchen", "“naïve”", "être"] {
        let latin_1: Vec<u8> = foreign.chars().map(|c| u8::try_from(c).unwrap_or(0x93)).collect();
        assert_eq!(decode(&latin_1), Err(DecodeError::Undecodable), "{foreign}");
    }
    assert_eq!(decode(b"\xff\xff\xff"), Err(DecodeError::Undecodable));
}

/// Every Vietnamese letter beyond ASCII, in lower case.
const LETTERS: &str = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ";

#[test]
fn every_letter_has_one_code_of_its_own() {
    let capitals = LETTERS.to_uppercase();
    let vni: HashSet<_> = LETTERS.chars().chain(capitals.chars()).map(|c| encode_vni(&c.to_string()).unwrap()).collect();
    assert_eq!(vni.len(), 2 * 67);
    let tcvn3: HashSet<_> = LETTERS.chars().chain("ĂÂÊÔƠƯĐ".chars()).map(|c| encode_tcvn3(&c.to_string()).unwrap()).collect();
    assert_eq!(tcvn3.len(), 67 + 7);
    let mut back = String::new();
    for scheme in [detect::Scheme::Vni, detect::Scheme::Tcvn3] {
        for c in LETTERS.chars() {
            let bytes = match scheme {
                detect::Scheme::Vni => encode_vni(&c.to_string()),
                detect::Scheme::Tcvn3 => encode_tcvn3(&c.to_string()),
            };
            back.clear();
            scheme.convert(&as_windows_1252(&bytes.unwrap()), &mut back);
            assert_eq!(back, c.to_string());
        }
    }
}

#[test]
fn the_encoders_refuse_what_has_no_code() {
    assert_eq!(encode_tcvn3("“a” … – €\u{a0}°").unwrap(), b"\x93a\x94 \x85 \x96 \x80\xa0\xb0");
    assert_eq!(encode_vni("“a” … – €\u{a0}°").unwrap(), b"\x93a\x94 \x85 \x96 \x80\xa0\xb0");
    for text in ["≤", "日", "ç", "\u{301}", "\u{81}"] {
        assert_eq!(encode_tcvn3(text), None, "{text}");
        assert_eq!(encode_vni(text), None, "{text}");
    }
    // The places of these in Windows-1252 are those of letters.
    assert_eq!(encode_tcvn3("·"), None);
    assert_eq!(encode_tcvn3("÷"), None);
}

#[test]
fn syllables_are_told_by_their_spelling() {
    for word in "a ở và của những nghiêng nguyễn quyền quốc quý khuỷu gì giữa giết giêng giang giúp thuở ngoằn \
                 xoong huýt huỳnh yêu yết ý tươi hươu uống ỉa nghị kỹ ghế ngoao quạch"
        .split_whitespace()
    {
        assert!(syllable::is_syllable(word), "{word}");
        assert!(syllable::is_syllable(&word.to_uppercase()), "{word}");
    }
    for word in "it stop quc hộat kà céi ngê gế tàí àc bcd đ né1 fa viet việtt uư straße où naïve".split_whitespace()
    {
        assert!(!syllable::is_syllable(word), "{word}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_decode_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(decoded) = decode(&bytes) {
            prop_assert!(!decoded.text.trim().is_empty());
            prop_assert_eq!(nfc(decoded.text.as_str()), decoded.text);
        }
    }

    #[test]
    fn no_high_bytes_make_decode_panic(bytes in "[a-zA-Z <>/]{0,40}", high in proptest::collection::vec(0x80_u8.., 0..200)) {
        let mixed: Vec<u8> = bytes.bytes().chain(high).collect();
        let _ = decode(&mixed);
        let _ = decode(as_windows_1252(&mixed).as_bytes());
    }

    #[test]
    fn no_text_makes_decode_or_the_encoders_panic(text in any::<String>()) {
        let _ = decode(text.as_bytes());
        let _ = (encode_tcvn3(&text), encode_vni(&text));
    }

    #[test]
    fn unicode_with_a_vietnamese_letter_is_never_converted(text in "[a-zA-ZÀ-ÿ ·®]{0,60}", letter in "[ạ-ỹ]") {
        let text = format!("{text}{letter}");
        prop_assert_eq!(read(&text), (nfc(text), Encoding::Utf8));
    }
}
