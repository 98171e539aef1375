#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use super::*;
use kernel::Instant;

fn body(id: Id, area: &str, life: [Option<&str>; 2]) -> Namesake {
    Namesake {
        id: Some(id),
        area_name: (!area.is_empty()).then(|| area.to_owned()),
        from: life[0].map(str::to_owned),
        until: life[1].map(str::to_owned),
        ..Namesake::default()
    }
}

/// Ids in the order of their numbers.
fn numbered(number: i64) -> Id {
    Id::new(Instant(number * 1_000_000))
}

fn choose(known: &[Namesake], day: Option<&str>, text: &str) -> Option<Resolved> {
    chosen(known, &[], &Context { issued_on: day, text })
}

const MERGER: Option<&str> = Some("2025-07-01");

#[test]
fn the_name_valid_on_the_day_of_issue_wins() {
    let (old, new) = (numbered(1), numbered(2));
    let known = [body(old, "", [None, MERGER]), body(new, "", [MERGER, None])];
    assert_eq!(choose(&known, Some("2025-06-30"), ""), Some(Resolved::Found(old)));
    assert_eq!(choose(&known, MERGER, ""), Some(Resolved::Found(new)));
    assert_eq!(choose(&known, None, ""), Some(Resolved::Ambiguous(vec![old, new])));
    let renamed = Namesake { former: true, ..body(numbered(3), "", [MERGER, None]) };
    assert_eq!(choose(&[known[0].clone(), renamed.clone()], Some("2025-12-01"), ""), renamed.id.map(Resolved::Found));
    assert_eq!(choose(&known[..1], Some("2026-01-01"), ""), Some(Resolved::OutsideValidity(old)));
    assert_eq!(choose(&[], None, ""), None);
}

#[test]
fn places_named_in_the_text_tell_communes_of_one_name_apart() {
    let (one, two, three) = (numbered(1), numbered(2), numbered(3));
    let known = [
        body(one, "Xã Tân Lập, huyện Bến Thượng, tỉnh Sông Lam", [None; 2]),
        body(two, "Xã Tân Lập, tỉnh Cửa Lạch", [None; 2]),
        body(three, "Xã Tân Lập, thành phố Bến Lớn", [None; 2]),
    ];
    let text = |said: &str| choose(&known, None, said).unwrap();
    assert_eq!(text("Căn cứ quyết định của UBND tỉnh Sông Lam, huyện BẾN THƯỢNG"), Resolved::Found(one));
    assert_eq!(text("theo đề nghị của Sở Tư pháp TỈNH CỬA LẠCH;"), Resolved::Found(two));
    assert_eq!(text("UBND TP. Bến Lớn"), Resolved::Found(three));
    assert_eq!(text("tỉnh Cửa Lạchen, tỉnh Sông"), Resolved::Ambiguous(vec![one, two, three]));
    assert_eq!(text("tỉnh Sông Lam và tỉnh Cửa Lạch"), Resolved::Ambiguous(vec![one, two]));
}

#[test]
fn the_place_of_the_body_above_counts_too() {
    let (one, two) = (numbered(1), numbered(2));
    let below = |id, parent: &str| Namesake { parent: Some((parent.to_owned(), None)), ..body(id, "", [None; 2]) };
    let known = [below(one, "Ủy ban nhân dân tỉnh Sông Lam"), below(two, "Ủy ban nhân dân tỉnh Cửa Lạch")];
    assert_eq!(choose(&known, None, "tại tỉnh Cửa Lạch."), Some(Resolved::Found(two)));
}

#[test]
fn a_body_that_has_the_name_still_goes_before_one_that_had_it() {
    let (present, former) = (numbered(1), numbered(2));
    let known = [body(present, "", [None; 2]), Namesake { former: true, ..body(former, "", [None; 2]) }];
    assert_eq!(choose(&known, None, ""), Some(Resolved::Found(present)));
}

#[test]
fn a_name_with_places_is_parted() {
    for (name, body, places) in [
        ("Ủy ban nhân dân xã Tân Lập, tỉnh Sông Lam", "Ủy ban nhân dân xã Tân Lập", vec!["tỉnh Sông Lam"]),
        (
            "Ủy ban nhân dân xã Tân Lập huyện Bến Thượng tỉnh Sông Lam",
            "Ủy ban nhân dân xã Tân Lập",
            vec!["huyện Bến Thượng", "tỉnh Sông Lam"],
        ),
        ("Ủy ban nhân dân quận 1 thành phố Bến Lớn", "Ủy ban nhân dân quận 1", vec!["thành phố Bến Lớn"]),
    ] {
        let places: Vec<String> = places.into_iter().map(spaced).collect();
        assert_eq!(parted(name), Some((body.to_owned(), places)), "{name}");
    }
    for name in ["Ủy ban nhân dân tỉnh Sông Lam", "Bộ Tài chính", "Sở Tư pháp tỉnh Sông Lam", "xã", ""] {
        assert_eq!(parted(name), None, "{name}");
    }
}

#[test]
fn of_a_long_text_both_ends_are_searched() {
    let long = format!("đầu {}{}cuối", "ô".repeat(200_000), " ");
    let ends = ends(&long);
    assert!(ends.starts_with("đầu ") && ends.ends_with(" cuối") && ends.chars().count() == 25_001);
    for short in ["", "ngắn", &"ô".repeat(24_000)] {
        assert_eq!(super::ends(short), *short);
    }
}
