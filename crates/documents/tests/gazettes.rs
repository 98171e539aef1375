//! Issues of the official gazette: what stands in them, whom they mean, what documents say of them.

use crate::desk::{Desk, document, events, faults, id, object, published, question, text};
use documents::{DocumentInput, Error, GazetteInput, GazetteItemInput, Gazettes, IssuerName, gazette_fields};
use kernel::query::State::{Draft, Published};
use kernel::query::{Filter, ListQuery, Op, Projection, Test, Value as Key};
use kernel::{Actor, Call, Found, Id, Language, PageRequest, Row, View};
use serde_json::{Value, json};
use testkit::on_both;

fn issue(number: &str, items: Vec<GazetteItemInput>) -> GazetteInput {
    GazetteInput {
        number: number.into(),
        issued_on: "2021-01-05".into(),
        issuer: Some(IssuerName { name: "Văn phòng Ủy ban nhân dân tỉnh Lai Châu".into() }),
        items: Some(items),
        ..GazetteInput::default()
    }
}

/// An item in words, as of the day of [`document`].
fn worded(number: &str, title: &str) -> GazetteItemInput {
    GazetteItemInput {
        number: text(number),
        title: text(title),
        issued_on: text("2020-12-02"),
        pages: text("3-12"),
        ..GazetteItemInput::default()
    }
}

fn of(document: &Found) -> GazetteItemInput {
    GazetteItemInput { document_id: Some(id(document).to_string()), ..GazetteItemInput::default() }
}

fn every() -> Vec<kernel::query::Name> {
    let names = ["type", "issuer", "items", "revision"];
    gazette_fields().into_iter().map(|field| field.name).chain(names.map(Into::into)).collect()
}

struct Press {
    desk: Desk,
    gazettes: Gazettes,
}

impl Press {
    fn of(test: testkit::TestDatabase) -> Self {
        let desk = Desk::of(test);
        Self { gazettes: Gazettes::of(&desk.documents), desk }
    }

    async fn print(&self, input: GazetteInput) -> Found {
        self.gazettes.create(&self.desk.editor, input).await.unwrap()
    }

    async fn seen_by(&self, actor: &Actor, gazette: Id) -> Row {
        let view = View { as_of: None, fields: Projection(every()), state: Published, lang: Language::Source };
        self.gazettes.get_many(actor, &[gazette], &view).await.unwrap().pop().unwrap().row
    }

    /// The items as everybody sees them.
    async fn items(&self, gazette: Id) -> Vec<Value> {
        self.seen_by(&Actor::Anonymous, gazette).await["items"].as_array().unwrap().clone()
    }

    async fn linked(&self, gazette: Id) -> Vec<Value> {
        self.items(gazette).await.iter().map(|item| item["document_id"].clone()).collect()
    }

    async fn patch(&self, seen: &Found, patch: Value) -> Result<Found, Error> {
        self.gazettes.revise(&self.desk.editor, id(seen), seen.revision, object(patch)).await
    }

    /// Number and day of the gazette as everybody reads them off a document.
    async fn told(&self, document: Id) -> (Value, Value) {
        let row = self.desk.live(document).await.unwrap();
        (row["gazette_number"].clone(), row["gazette_date"].clone())
    }

    async fn with_document(&self, actor: &Actor, document: Id) -> usize {
        let test = Test { field: "document_id".into(), op: Op::Eq, values: vec![Key::Id(document)] };
        let query =
            ListQuery { filter: Filter::Test(test), fields: Projection(every()), sort: Vec::new(), ..question(Published) };
        self.gazettes.list(actor, &query).await.unwrap().items.len()
    }
}

#[tokio::test]
async fn an_issue_names_documents_that_are_here_and_those_that_are_not() {
    on_both(|test| async {
        let press = Press::of(test);
        let act = press.desk.create(published(document("43/2020/QĐ-UBND"))).await;
        let made = press.print(issue("35+36", vec![of(&act), worded("44/2020/QĐ-UBND", "Về việc khác")])).await;
        assert_eq!(made.row["issuer"]["name"], "Văn phòng Ủy ban nhân dân tỉnh Lai Châu");
        let items = press.items(id(&made)).await;
        assert_eq!(items.len(), 2);
        assert_eq!(items[0]["document_id"], act.row["id"]);
        assert_eq!(
            (&items[0]["number"], &items[0]["title"], &items[0]["issued_on"]),
            (&act.row["number"], &act.row["title"], &json!("2020-12-02"))
        );
        assert!(items[0]["address"].as_str().unwrap().ends_with("/qd-ubnd/2020/43"), "{items:?}");
        let other = json!({ "document_id": null, "number": "44/2020/QĐ-UBND", "title": "Về việc khác",
            "issued_on": "2020-12-02", "pages": "3-12", "address": null });
        assert_eq!(items[1], other);
        assert_eq!(press.desk.events(id(&made)).await, events(&[("created", 1)]));
        let of = press.desk.documents.gazettes(&Actor::Anonymous, id(&act), Published).await.unwrap().unwrap();
        assert_eq!((of.len(), &of[0]["id"], &of[0]["number"]), (1, &made.row["id"], &json!("35+36")));
    })
    .await;
}

#[tokio::test]
async fn an_item_and_its_document_come_in_any_order() {
    on_both(|test| async {
        let press = Press::of(test);
        let made = press.print(issue("1", vec![worded("43/2020/QĐ-UBND", "Một"), worded("44/2020/qđ-ubnd", "Hai")])).await;
        assert_eq!(press.linked(id(&made)).await, [json!(null), json!(null)]);
        let draft = press.desk.create(document("43/2020/QĐ-UBND")).await;
        assert_eq!(press.linked(id(&made)).await[0], json!(null), "a draft is not told");
        let live = press.desk.publish(&draft).await;
        assert_eq!(press.linked(id(&made)).await, [live.row["id"].clone(), json!(null)]);
        let two = press.desk.create(published(document("44/2020/QĐ-UBND"))).await;
        assert_eq!(press.linked(id(&made)).await[1], two.row["id"], "case does not matter");
        let again = press.print(issue("2", vec![worded("43/2020/QĐ-UBND", "Một")])).await;
        assert_eq!(press.linked(id(&again)).await, [live.row["id"].clone()], "what is here already is found at once");
        press.desk.withdraw(&live).await;
        assert_eq!(press.linked(id(&made)).await[0], json!(null));
        assert_eq!(press.items(id(&made)).await[0]["title"], "Một", "what the issue says stays");
        let other_day = GazetteItemInput { issued_on: text("2020-12-03"), ..worded("44/2020/QĐ-UBND", "Hai") };
        let dayless = GazetteItemInput { issued_on: None, ..worded("44/2020/QĐ-UBND", "Hai") };
        let doubtful = press.print(issue("3", vec![other_day, dayless])).await;
        assert_eq!(press.linked(id(&doubtful)).await, [json!(null), json!(null)]);
    })
    .await;
}

#[tokio::test]
async fn a_document_that_gets_another_number_is_no_longer_meant() {
    on_both(|test| async {
        let press = Press::of(test);
        let act = press.desk.create(published(document("43/2020/QĐ-UBND"))).await;
        let made = press.print(issue("1", vec![worded("43/2020/QĐ-UBND", "Một"), worded("45/2020/QĐ-UBND", "Ba")])).await;
        let renumbered = press.desk.patch(&act, json!({ "number": "45/2020/QĐ-UBND" })).await;
        assert_eq!(press.linked(id(&made)).await, [act.row["id"].clone(), json!(null)], "a draft changes nothing");
        press.desk.publish(&renumbered).await;
        assert_eq!(press.linked(id(&made)).await, [json!(null), act.row["id"].clone()]);
    })
    .await;
}

#[tokio::test]
async fn of_two_documents_of_one_number_and_day_the_abstract_decides_or_none_is_meant() {
    on_both(|test| async {
        let press = Press::of(test);
        let commune = |name: &str| {
            let issuer = Some(IssuerName { name: format!("Hội đồng nhân dân xã {name}") });
            published(DocumentInput { issuer, title: text(&format!("Ngân sách xã {name}")), ..document("05/2020/NQ-HĐND") })
        };
        let made = press
            .print(issue("1", vec![worded("05/2020/NQ-HĐND", "Ngân sách xã Đò"), worded("05/2020/NQ-HĐND", "Ngân sách xã khác")]))
            .await;
        let landing = press.desk.create(commune("Bến")).await;
        // The only one of that number cannot be both; neither item has its abstract.
        assert_eq!(press.linked(id(&made)).await, [json!(null), json!(null)]);
        let ferry = press.desk.create(commune("Đò")).await;
        assert_eq!(press.linked(id(&made)).await, [ferry.row["id"].clone(), json!(null)]);
        let vague = GazetteItemInput { title: None, ..worded("05/2020/NQ-HĐND", "") };
        let second = press.print(issue("2", vec![vague])).await;
        assert_eq!(press.linked(id(&second)).await, [json!(null)]);
        press.desk.withdraw(&ferry).await;
        assert_eq!(press.linked(id(&second)).await, [landing.row["id"].clone()], "one is left");
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_of_a_draft_from_an_issue() {
    on_both(|test| async {
        let press = Press::of(test);
        let draft = press.desk.create(document("43/2020/QĐ-UBND")).await;
        let made = press.print(issue("1", vec![of(&draft), worded("44/2020/QĐ-UBND", "Hai")])).await;
        assert_eq!(made.row["items"].as_array().unwrap().len(), 2, "whoever writes sees it");
        let seen = press.items(id(&made)).await;
        assert_eq!((seen.len(), &seen[0]["number"]), (1, &json!("44/2020/QĐ-UBND")));
        let (editor, draft_id) = (press.desk.editor.actor.clone(), id(&draft));
        assert_eq!(press.with_document(&Actor::Anonymous, draft_id).await, 0);
        assert_eq!(press.with_document(&editor, draft_id).await, 1);
        assert!(press.desk.documents.gazettes(&Actor::Anonymous, draft_id, Published).await.unwrap().is_none());
        assert_eq!(press.desk.documents.gazettes(&editor, draft_id, Draft).await.unwrap().unwrap().len(), 1);
        // What comes back as it was read says no more than before.
        let back = made.row["items"].clone();
        let same = press.patch(&made, json!({ "items": back, "title": "Số thường kỳ" })).await.unwrap();
        assert_eq!(press.items(id(&made)).await.len(), 1);
        let live = press.desk.publish(&draft).await;
        assert_eq!((press.with_document(&Actor::Anonymous, draft_id).await, press.items(id(&made)).await.len()), (1, 2));
        let full = press.seen_by(&editor, id(&made)).await["items"].clone();
        assert_eq!(full[0]["number"], "43/2020/QĐ-UBND");
        press.patch(&same, json!({ "items": full, "title": null })).await.unwrap();
        press.desk.withdraw(&live).await;
        assert_eq!(press.items(id(&made)).await.len(), 1, "the number of a withdrawn document did not become the issue's own");
    })
    .await;
}

#[tokio::test]
async fn a_removed_draft_leaves_no_empty_item() {
    on_both(|test| async {
        let press = Press::of(test);
        let draft = press.desk.create(document("43/2020/QĐ-UBND")).await;
        let told = GazetteItemInput { pages: text("9"), ..of(&draft) };
        let other = press.desk.create(document("44/2020/QĐ-UBND")).await;
        let made = press
            .print(issue(
                "1",
                vec![told, GazetteItemInput { title: text("Có lời"), ..of(&other) }, worded("45/2020/QĐ-UBND", "Ba")],
            ))
            .await;
        press.desk.documents.delete(&press.desk.editor, id(&draft), draft.revision).await.unwrap();
        press.desk.documents.delete(&press.desk.editor, id(&other), other.revision).await.unwrap();
        let items = press.seen_by(&press.desk.editor.actor, id(&made)).await["items"].clone();
        let titles: Vec<&Value> = items.as_array().unwrap().iter().map(|item| &item["title"]).collect();
        assert_eq!(titles, [&json!("Có lời"), &json!("Ba")]);
        let seen = Found { revision: made.revision, row: made.row.clone() };
        press.patch(&seen, json!({ "items": items })).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_document_that_does_not_say_its_issue_is_told_the_first_one_it_stands_in() {
    on_both(|test| async {
        let press = Press::of(test);
        let silent = id(&press.desk.create(published(document("43/2020/QĐ-UBND"))).await);
        let own = DocumentInput { gazette_number: text("99"), gazette_date: text("2020-12-30"), ..document("44/2020/QĐ-UBND") };
        let own = id(&press.desk.create(published(own)).await);
        let half = DocumentInput { gazette_number: text("8"), ..document("45/2020/QĐ-UBND") };
        let half = id(&press.desk.create(published(half)).await);
        let items = || ["43", "44", "45"].map(|n| worded(&format!("{n}/2020/QĐ-UBND"), "x")).to_vec();
        press.print(GazetteInput { issued_on: "2021-02-01".into(), ..issue("8", items()) }).await;
        press.print(issue("7", items())).await;
        assert_eq!(press.told(silent).await, (json!("7"), json!("2021-01-05")));
        assert_eq!(press.told(own).await, (json!("99"), json!("2020-12-30")));
        assert_eq!(press.told(half).await, (json!("8"), json!("2021-02-01")), "the issue that agrees with what it says");
        let working = press.desk.working(silent).await.unwrap();
        assert_eq!(working["gazette_number"], "7");
        let timeline = press.desk.documents.timeline(&Actor::Anonymous, silent, None).await.unwrap().unwrap();
        assert!(timeline.iter().any(|event| event["event"] == "gazetted" && event["on"] == "2021-01-05"), "{timeline:?}");
        // What is filled in is not written down by a change of something else.
        let changed = press.desk.patch(&press.desk.present(silent).await, json!({ "place": "Lai Châu" })).await;
        press.desk.publish(&changed).await;
        let (_, first) = (press.told(silent).await, press.with_document(&Actor::Anonymous, silent).await);
        assert_eq!(first, 2);
    })
    .await;
}

#[tokio::test]
async fn lists_are_asked_by_what_is_shown() {
    on_both(|test| async {
        let press = Press::of(test);
        for (number, own) in [("43", None), ("44", Some(("12", "2020-12-30"))), ("45", None)] {
            let own = DocumentInput {
                gazette_number: own.map(|(number, _)| number.into()),
                gazette_date: own.map(|(_, date)| date.into()),
                ..document(&format!("{number}/2020/QĐ-UBND"))
            };
            press.desk.create(published(own)).await;
        }
        press.print(issue("Số 7 A", vec![worded("43/2020/QĐ-UBND", "x"), worded("44/2020/QĐ-UBND", "x")])).await;
        let asked = async |field: &'static str, op: Op, values: Vec<Key>| {
            let filter = Filter::Test(Test { field: field.into(), op, values });
            press.desk.numbers(&ListQuery { filter, ..question(Published) }).await
        };
        let word = |word: &str| vec![Key::Text(word.into())];
        assert_eq!(asked("gazette_number", Op::Eq, word("Số 7 A")).await, ["43/2020/QĐ-UBND"]);
        assert_eq!(asked("gazette_number", Op::Contains, word("7 a")).await, ["43/2020/QĐ-UBND"]);
        assert_eq!(asked("gazette_number", Op::Null, vec![Key::Bool(true)]).await, ["45/2020/QĐ-UBND"]);
        assert_eq!(asked("gazette_date", Op::Lt, word("2021-01-01")).await, ["44/2020/QĐ-UBND"]);
        let key = |direction| kernel::query::SortKey { field: "gazette_date".into(), direction };
        let mut query = ListQuery { sort: vec![key(kernel::query::Direction::Desc)], ..question(Published) };
        query.page = PageRequest { size: 1, ..PageRequest::default() };
        let mut walked = Vec::new();
        loop {
            let page = press.desk.documents.list(&Actor::Anonymous, &query).await.unwrap();
            let (position, row) = page.items.into_iter().next().unwrap();
            walked.push(row["number"].as_str().unwrap().to_owned());
            query.page.place = kernel::Place::After(position);
            if !page.more_after {
                break;
            }
        }
        assert_eq!(walked, ["43/2020/QĐ-UBND", "44/2020/QĐ-UBND", "45/2020/QĐ-UBND"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_place() {
    on_both(|test| async {
        let press = Press::of(test);
        let nobody = GazetteItemInput { document_id: Some(Id::new(testkit::now()).to_string()), ..Default::default() };
        let refused = press.gazettes.create(&press.desk.editor, issue("1", vec![worded("1/QĐ", "x"), nobody])).await;
        assert_eq!(faults(&refused.unwrap_err()), [("/items/1/document_id".into(), "unknown_document")]);
        let made = press.print(issue("1", Vec::new())).await;
        let again = press.gazettes.create(&press.desk.editor, issue("1", Vec::new())).await.unwrap_err();
        assert!(matches!(again, Error::GazetteExists { other } if other == id(&made)), "{again:?}");
        let unknown = GazetteInput { issuer: None, ..issue("1", Vec::new()) };
        let unsigned = press.print(unknown.clone()).await;
        assert!(press.gazettes.create(&press.desk.editor, unknown).await.is_err(), "nobody's number is a number too");
        let stale = press.patch(&made, json!({ "title": "Một" })).await.unwrap();
        assert!(press.patch(&made, json!({ "title": "Hai" })).await.is_err());
        assert!(
            press.patch(&unsigned, json!({ "issuer": { "name": "Văn phòng Ủy ban nhân dân tỉnh Lai Châu" } })).await.is_err()
        );
        let nothing = press.patch(&stale, json!({ "title": "Một" })).await.unwrap();
        assert_eq!(nothing.revision, stale.revision, "nothing changed");
        for actor in [Actor::Anonymous] {
            let call = Call::of(actor);
            assert!(press.gazettes.create(&call, issue("2", Vec::new())).await.is_err());
            assert!(press.gazettes.delete(&call, id(&made), stale.revision).await.is_err());
        }
        let issuer = Id::parse(made.row["issuer_id"].as_str().unwrap()).unwrap();
        let admin = Call::of(testkit::admin());
        let kept = press.desk.issuers.delete(&admin, issuer, kernel::Revision(1)).await;
        assert!(matches!(kept, Err(Error::IssuerInUse)), "{kept:?}");
        press.gazettes.delete(&press.desk.editor, id(&made), stale.revision).await.unwrap();
        assert_eq!(press.desk.events(id(&made)).await, events(&[("created", 1), ("updated", 2), ("deleted", 3)]));
        assert_eq!(press.desk.count("gazette_items").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_issue_and_its_documents_that_come_at_once_find_each_other() {
    on_both(|test| async {
        let press = Press::of(test);
        let numbers: Vec<String> = (1..=8).map(|number| format!("{number}/2020/QĐ-UBND")).collect();
        let items: Vec<_> = numbers.iter().map(|number| worded(number, "x")).collect();
        let documents = numbers.iter().map(|number| press.desk.documents.create(&press.desk.editor, published(document(number))));
        let issues = (1..=4).map(|number| press.gazettes.create(&press.desk.editor, issue(&number.to_string(), items.clone())));
        let (made, printed) =
            futures_util::future::join(futures_util::future::join_all(documents), futures_util::future::join_all(issues)).await;
        let made: Vec<Value> = made.into_iter().map(|made| made.unwrap().row["id"].clone()).collect();
        for one in printed {
            assert_eq!(press.linked(id(&one.unwrap())).await, made);
        }
    })
    .await;
}
