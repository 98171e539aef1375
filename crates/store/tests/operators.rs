//! Every operator on every kind of field, against the same rule in Rust.

use crate::shelf::{Shelf, Thing, fresh, named, order, test, thing, words};
use kernel::query::{Op, Value};
use kernel::text;
use testkit::on_both;

/// Whether the rule of the operator holds for a value.
fn holds(value: &Value, op: Op, values: &[Value]) -> bool {
    let first = values.first().unwrap_or(&Value::Null);
    let missing = *value == Value::Null;
    let lowered = |value: &Value| if let Value::Text(text) = value { text::lower(text) } else { String::new() };
    match op {
        Op::Null => missing == (*first == Value::Bool(true)),
        Op::Ne if *first == Value::Null => missing,
        Op::Ne => missing || value != first,
        Op::Nin => missing || !values.contains(value),
        _ if missing || (*first == Value::Null && op != Op::In) => false,
        Op::Eq => value == first,
        Op::In => values.contains(value),
        Op::Lt => order(value, first).is_lt(),
        Op::Lte => order(value, first).is_le(),
        Op::Gt => order(value, first).is_gt(),
        Op::Gte => order(value, first).is_ge(),
        Op::Contains => lowered(value).contains(&lowered(first)),
        Op::Starts => lowered(value).starts_with(&lowered(first)),
    }
}

fn expected(things: &[Thing], field: &str, op: Op, values: &[Value]) -> Vec<String> {
    let mut labels: Vec<String> =
        things.iter().filter(|thing| holds(&thing.value(field), op, values)).map(|thing| thing.label.clone()).collect();
    labels.sort_unstable();
    labels
}

async fn check(things: &[Thing], field: &str, questions: &[(Op, Vec<Value>)]) {
    on_both(async |on| {
        let shelf = Shelf::with(&on.db, things).await;
        for (op, values) in questions {
            let got = shelf.matching(test(field, *op, values.clone())).await;
            assert_eq!(got, expected(things, field, *op, values), "{field} {op:?} {values:?}");
        }
    })
    .await;
}

/// Every operator of `ops` with each value, lists with pairs of them, and what lists and `null` add.
fn questions(ops: &[Op], values: &[Value]) -> Vec<(Op, Vec<Value>)> {
    let mut questions = vec![(Op::Null, vec![Value::Bool(true)]), (Op::Null, vec![Value::Bool(false)])];
    for &op in ops {
        match op {
            Op::Null => {}
            Op::In | Op::Nin => {
                questions.extend([(op, Vec::new()), (op, values.to_vec())]);
                questions.extend(values.windows(2).map(|pair| (op, pair.to_vec())));
            }
            _ => questions.extend(values.iter().map(|value| (op, vec![value.clone()]))),
        }
    }
    questions
}

const NAMES: [&str; 22] = [
    "Quyết định về Cổng thông tin",
    "QUYẾT ĐỊNH",
    "quyet dinh",
    "đường",
    "ĐƯỜNG Điện Biên Phủ",
    "100%",
    "100 phần trăm",
    "a_b",
    "axb",
    "c\\d",
    "c\\\\d",
    "c%d",
    "'; DROP TABLE things; --",
    "\" OR 1=1",
    "$1 ? :name {id}",
    "",
    " ",
    "Z",
    "a",
    "é",
    "\u{10FFFF}",
    "\u{D7FF}\u{E000}",
];

fn texts() -> Vec<Thing> {
    let mut things: Vec<Thing> = NAMES.iter().map(|name| named(name)).collect();
    things.extend([thing("nameless"), thing("nameless too")]);
    things
}

#[tokio::test]
async fn text_is_compared_by_every_operator_as_it_would_be_in_rust() {
    let ops = [Op::Eq, Op::Ne, Op::Lt, Op::Lte, Op::Gt, Op::Gte, Op::In, Op::Nin];
    let values: Vec<Value> = NAMES.iter().chain(&["nowhere", "%", "M"]).map(|name| words(name)).collect();
    check(&texts(), "name", &questions(&ops, &values)).await;
}

#[tokio::test]
async fn contains_and_starts_ignore_case_and_normal_form_but_not_tones() {
    let needles = [
        "",
        " ",
        "%",
        "_",
        "\\",
        "\\\\",
        "c\\",
        "%d",
        "0%",
        "a_",
        "'",
        "\"",
        "--",
        "$1",
        "?",
        "Đ",
        "đ",
        "ĐƯỜNG",
        "đường đ",
        "Đu\u{31B}o\u{31B}\u{300}ng",
        "QUYẾT ĐỊNH",
        "quye\u{302}\u{301}t",
        "quyet",
        "Cổng THÔNG tin",
        "thông",
        "E\u{301}",
        "e",
        "z",
        "\u{10FFFF}",
        "\u{D7FF}",
        "nowhere",
    ];
    let values: Vec<Value> = needles.iter().map(|needle| words(needle)).collect();
    check(&texts(), "name", &questions(&[Op::Contains, Op::Starts], &values)).await;
}

#[tokio::test]
async fn numbers_flags_and_ids_are_compared_by_every_operator_of_their_kind() {
    let owners = [fresh(), fresh()];
    let things: Vec<Thing> = [None, Some(i64::MIN), Some(-1), Some(0), Some(0), Some(i64::MAX)]
        .into_iter()
        .enumerate()
        .map(|(at, rank)| Thing {
            rank,
            flag: at % 2 == 0,
            owner: [None, Some(owners[0]), Some(owners[1])][at % 3],
            ..thing(&at.to_string())
        })
        .collect();
    let numbers = [i64::MIN, -1, 0, 5, i64::MAX].map(Value::Int);
    let ops = [Op::Eq, Op::Ne, Op::Lt, Op::Lte, Op::Gt, Op::Gte, Op::In, Op::Nin];
    check(&things, "rank", &questions(&ops, &numbers)).await;
    check(&things, "flag", &questions(&[Op::Eq, Op::Ne], &[true, false].map(Value::Bool))).await;
    let ids = [owners[0], owners[1], fresh()].map(Value::Id);
    check(&things, "owner", &questions(&[Op::Eq, Op::Ne, Op::In, Op::Nin], &ids)).await;
    let own: Vec<Value> = things.iter().map(|thing| Value::Id(thing.id)).collect();
    check(&things, "id", &questions(&[Op::Eq, Op::In, Op::Nin], &own)).await;
}

#[tokio::test]
async fn a_missing_value_is_equal_to_nothing_and_in_no_list() {
    let things = [Thing { rank: Some(1), owner: Some(fresh()), ..named("a") }, thing("b")];
    let ops = [Op::Eq, Op::Ne, Op::Lt, Op::Lte, Op::Gt, Op::Gte, Op::In, Op::Nin];
    for (field, known) in [("name", words("a")), ("rank", Value::Int(1)), ("owner", Value::Id(fresh()))] {
        let mut questions = Vec::new();
        for op in ops {
            questions.extend([(op, vec![Value::Null]), (op, Vec::new())]);
        }
        questions.extend([Op::In, Op::Nin].map(|op| (op, vec![known.clone(), Value::Null])));
        check(&things, field, &questions).await;
    }
    check(&things, "name", &[Op::Contains, Op::Starts].map(|op| (op, vec![Value::Null]))).await;
}
