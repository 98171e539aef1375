//! Texts of a megabyte that were made to be slow to read; the bench measures them, the tests read their beginnings.

/// What a hostile text repeats, after which beginning.
const REPEATED: &[(&str, &str)] = &[
    ("Điều 1. X\n", "|\n"),
    ("Điều 1. X\n", "a | b\n"),
    ("Điều 1. X\n", "a |\nb\n"),
    ("Điều 1. X\n", "|\n1. Sửa đổi khoản này\n"),
    ("Điều 1. X\n", "a\tb\n\tc\n"),
    ("Điều 1. X\n", "***\n"),
    ("Điều 1. X\n", "12\n\n"),
    ("Điều 1. X\n", "“"),
    ("Điều 1. X\n", "\""),
    ("Điều 1. X\n", "“\n"),
    ("Điều 1. X:\n", "“Điều 1. X\n"),
    ("Điều 1. X:\n", "“Điều 2. X\nA\n"),
    ("Điều 1. X\n", "\"Điều 2. X\n"),
    ("Điều 1. X\n", "1. như sau: “a\n"),
    ("Điều 1. X\n", "như sau: “a” \n"),
    ("Điều 1. X:\n“Điều 2. X\n", "1. Sửa đổi khoản này “a”\n"),
    ("Điều 1. X:\n“Điều 2. X\n", "Điều 2. Lam\n"),
    ("Điều 1. X\n", "a:“"),
    ("Điều 1. X\n", "Nơi nhận:\n"),
    ("Điều 1. X\n", "TM. ỦY BAN\n"),
    ("Điều 1. X\n", "QUY CHẾ\n"),
    ("Điều 1. X\n", "QUY CHẾ\n(Ban hành kèm theo Quyết định số 1)\n"),
    ("Điều 1. X\n", "Phụ lục\n\n"),
    ("Điều 1. X\n", "PHỤ LỤC I\nDANH MỤC\n"),
    ("Điều 1. X\n", "Luật này\n"),
    ("Điều 1. X\n", "- a;\n+ b;\n"),
    ("Điều 1. X\n", "a) B;\na.1) C;\n"),
    ("Điều 1. X\n", "1. A: a) B; b) C; "),
    ("Điều 1. X\n", "Theo Luật Lam và "),
    ("Điều 1. X\n", "của Luật này "),
    ("Điều 1. X\n", "điểm a, b, c "),
    ("Điều 1. X\n", "điểm a khoản 1 "),
    ("Điều 1. X\n", "từ Điều 1 đến Điều 99, "),
    ("Điều 1. X\n", "từ Điều 1 đến Điều 9999, "),
    ("Điều 1. X\n", "Điều 1, "),
    ("Điều 1. X\n", "Nghị định "),
    ("Điều 1. X\n", "Nghị định số 5/2030/NĐ-CP, "),
    ("Điều 1. X\n", "Bãi bỏ Nghị định số 5/2030/NĐ-CP "),
    ("Điều 1. X\n", "Luật Lam ngày 1/2/2030 "),
    ("Điều 1. X\n", "số 5/2030/NĐ-CP "),
    ("Điều 1. X\n", "5/2030/NĐ-CP/"),
    ("Điều 1. X\n", "1"),
    ("Điều 1. X\n", "1."),
    ("Điều 1. X\n", "hết hiệu lực kể từ "),
    ("Điều 1. X\n", "sửa đổi, bổ sung "),
    ("Căn cứ Luật Lam;\n", "Căn cứ Nghị định số 5/2030/NĐ-CP, "),
    ("Căn cứ Luật Lam;\n", "của Chính phủ sửa đổi Nghị định số 5/2030/NĐ-CP "),
    ("", "Nghị định số 5/2030/NĐ-CP, "),
    ("", "Nghị định số 5/2030/NĐ-CP ngày 1/2/2030 của Chính phủ; "),
    ("", "Điều 1.\n"),
    ("", "Điều 1. X\n\n"),
    ("", "Điều\n"),
    ("", "Điều 5 Luật Lam\n"),
    ("", "ĐIỀU\n1\n"),
    ("", "Chương I\n"),
    ("", "Phần thứ nhất\n"),
    ("", "I.\n"),
    ("", "khoản 1 "),
    ("", "khoản 1 Điều 2 "),
    ("", "("),
    ("", "“"),
    ("", "Căn cứ "),
    ("", "Căn cứ\n"),
    ("", "Căn cứ Luật Lam;\n"),
    ("", "1. a\n"),
    ("", "1. A\n"),
    ("", "a) a\n"),
    ("", "Phụ lục\n"),
    ("", "PHỤ LỤC\n"),
    ("", "QUY CHẾ\n"),
    ("", "ỦY BAN NHÂN DÂN "),
    ("", "ỦY BAN NHÂN DÂN\n"),
    ("", "QUYẾT ĐỊNH\n"),
    ("", "QUYẾT ĐỊNH:\n"),
    ("", "Số: 1/"),
    ("", "Số: 5/2030/QĐ-UBND\n"),
    ("", "ngày 1 tháng 2 năm 2030 "),
    ("", "Sông Lam, ngày 1 tháng 2 năm 2030\n"),
    ("", "- 1Luật Lam\n"),
    ("", "Nơi nhận:\n"),
    ("", "TM. ỦY BAN\n"),
    ("", "KT. CHỦ TỊCH\nTrần Văn Lam\n"),
    ("", "Người ký: Trần Văn Lam\n"),
    ("", "có hiệu lực kể từ ngày "),
    ("", "Luật "),
    ("", "luật "),
    ("", "Luật Lam, "),
    ("", "Á"),
    ("", "a"),
    ("", "A "),
    ("", "a\n"),
    ("", "A\n"),
    ("", "Trần Văn Lam\n"),
    ("", "\n"),
    ("", " "),
    ("", "\t"),
    ("", "|"),
    ("", "| "),
    ("", "|\n"),
    ("", "*"),
    ("", "**a**"),
    ("", "#\n"),
    ("", "-"),
    ("", "- "),
    ("", "/"),
    ("", "1/"),
    ("", "1-"),
    ("", "x1"),
];

const LENGTH: usize = 1_000_000;

/// Each text by what it repeats.
#[allow(dead_code, reason = "the bench reads them whole")]
pub fn all() -> impl Iterator<Item = (String, String)> {
    of_length(LENGTH)
}

/// Each text, as long as asked.
pub fn of_length(length: usize) -> impl Iterator<Item = (String, String)> {
    REPEATED
        .iter()
        .map(move |(start, again)| (format!("{start}{again} × n"), format!("{start}{}", again.repeat(length / again.len()))))
        .chain([("levels".to_owned(), levels(length))])
        .map(|(name, text)| (name.replace('\n', "⏎").replace('\t', "⇥"), text))
}

/// Everything that opens something, from the outermost inwards, again and again with the next number.
fn levels(length: usize) -> String {
    (1..=length / 130)
        .map(|n| format!("Phần {n}\nChương {n}\nMục {n}\nĐiều {n}. X\n{n}. A:\na) B:\na.1) C:\n- D:\n+ E:\n“Điều 1. F”\n"))
        .collect()
}
