//! File names.

use media::clean_name;
use proptest::prelude::*;

#[test]
fn tricks_in_names_are_taken_out() {
    for (name, want) in [
        ("Ảnh đại hội.JPG", "Ảnh đại hội.JPG"),
        ("A\u{309}nh.png", "Ảnh.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\anh.png", "anh.png"),
        ("/abs/anh.png", "anh.png"),
        ("anh\0.png", "anh.png"),
        ("anh\u{202e}gnp.exe", "anhgnp.exe"),
        ("a\u{200b}b\u{feff}.txt", "ab.txt"),
        ("  a \t\n b .txt ", "a b.txt"),
        ("CON.txt", "_CON.txt"),
        ("lpt1.tar.gz", "_lpt1.tar.gz"),
        ("com10.txt", "com10.txt"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        ("dir/", "file"),
        ("a<b>:\"|?*.txt", "a_b______.txt"),
        ("báo cáo. ", "báo cáo"),
        ("so 12.2020", "so 12.2020"),
    ] {
        assert_eq!(clean_name(name), want, "{name:?}");
    }
    let long = clean_name(&format!("{}.docx", "ệ".repeat(500)));
    assert!(long.chars().count() == 200 && long.ends_with("ệ.docx"));
}

proptest! {
    #[test]
    fn a_clean_name_is_clean(name in "\\PC*|[\\x00-\\x7f]*|(\\.\\./|CON|\u{202e}|[a.\\\\ ]){0,300}\\.?[a-z]{0,14}") {
        let clean = clean_name(&name);
        prop_assert!(!clean.is_empty() && clean.chars().count() <= 200, "{clean:?}");
        let unfit = |c: char| c.is_control() || matches!(c, '/' | '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\u{202e}');
        prop_assert!(!clean.contains(unfit), "{clean:?}");
        prop_assert!(!clean.starts_with(['.', ' ']) && !clean.ends_with(['.', ' ']), "{clean:?}");
        prop_assert_eq!(clean_name(&clean), clean);
    }
}
