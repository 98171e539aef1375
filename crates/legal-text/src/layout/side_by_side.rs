//! Columns printed side by side, line by line.

use super::Piece;

/// Puts the right column of a letterhead below the left one. The lines between the first and the last that have both belong
/// to the one they are printed under.
pub(crate) fn one_below_the_other(pieces: &mut [Piece]) {
    let both = |piece: &Piece| piece.columns > 1;
    let (Some(first), Some(last)) = (pieces.iter().position(both), pieces.iter().rposition(both)) else { return };
    let Some(lines) = pieces.get_mut(first..=last) else { return };
    let second = lines.iter().filter(|piece| piece.column > 0).map(|piece| piece.offset).min();
    let Some(boundary) = second else { return };
    let is_right = |piece: &Piece| if both(piece) { piece.column > 0 } else { piece.offset + SLACK >= boundary };
    lines.sort_by_key(is_right);
    let mut in_right = false;
    for piece in lines {
        // The columns are apart, their lines are not.
        let right = is_right(piece);
        piece.after_gap |= right && !in_right;
        in_right = right;
    }
}

/// How far left of the column a line of it may begin, in bytes.
const SLACK: usize = 3;

#[cfg(test)]
mod tests {
    use super::super::pieces;
    use super::*;

    #[test]
    fn columns_are_put_one_below_the_other() {
        let source = "ỦY BAN NHÂN             CỘNG HÒA XÃ HỘI\n\
                      DÂN                     CHỦ NGHĨA VIỆT NAM\n\
                      TỈNH SÔNG LAM\n\
                      Số: 5/QĐ-UBND           Sông Lam, ngày\n                        5 tháng 6 năm 2031\nX       Y";
        let mut read = pieces(source);
        one_below_the_other(&mut read);
        let texts: Vec<&str> = read.iter().map(|piece| piece.text.as_str()).collect();
        let left = ["ỦY BAN NHÂN", "DÂN", "TỈNH SÔNG LAM", "Số: 5/QĐ-UBND", "X"];
        let right = ["CỘNG HÒA XÃ HỘI", "CHỦ NGHĨA VIỆT NAM", "Sông Lam, ngày", "5 tháng 6 năm 2031", "Y"];
        assert_eq!(texts, [left, right].concat());
    }
}
