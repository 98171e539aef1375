//! The outbox, the register of resources, and files by their hash.

use bytes::Bytes;
use futures_util::TryStreamExt;
use kernel::{Actor, Call, Id, Revision, Role};
use sea_orm::sea_query::{Alias, Query};
use sea_orm::{ConnectionTrait, prelude::Uuid};
use store::outbox::{Event, record, record_with_comment};
use store::{Database, Files, resources};
use testkit::{now, on_both};

#[derive(Debug, PartialEq)]
struct Recorded {
    kind: String,
    resource: Id,
    action: String,
    revision: i64,
    actor: Option<Id>,
    request: Option<Id>,
    at: i64,
    comment: Option<String>,
    position: Option<i64>,
}

async fn recorded(db: &Database) -> Vec<Recorded> {
    let columns = ["type", "resource_id", "action", "revision", "actor", "request_id", "occurred_at", "comment", "position"];
    let select = Query::select().columns(columns.map(Alias::new)).from(Alias::new("events")).to_owned();
    let id = |id: Option<Uuid>| id.map(Id);
    let rows = db.reader().query_all(&select).await.unwrap();
    let mut events: Vec<Recorded> = rows
        .iter()
        .map(|row| Recorded {
            kind: row.try_get_by_index(0).unwrap(),
            resource: Id(row.try_get_by_index(1).unwrap()),
            action: row.try_get_by_index(2).unwrap(),
            revision: row.try_get_by_index(3).unwrap(),
            actor: id(row.try_get_by_index(4).unwrap()),
            request: id(row.try_get_by_index(5).unwrap()),
            at: row.try_get_by_index(6).unwrap(),
            comment: row.try_get_by_index(7).unwrap(),
            position: row.try_get_by_index(8).unwrap(),
        })
        .collect();
    events.sort_by_key(|event| event.revision);
    events
}

#[tokio::test]
async fn an_event_tells_who_did_what_under_which_request_and_why() {
    on_both(async |test| {
        let [resource, account, request] = [(); 3].map(|()| Id::new(now()));
        let actor = Actor::Person { account, role: Role::Editor };
        let call = Call { request_id: Some(request), ..Call::of(actor) };
        let event = |revision| Event { resource_type: "document", id: resource, action: "updated", revision: Revision(revision) };
        let txn = test.db.begin(&call, now()).await.unwrap();
        record(&txn, event(1)).await.unwrap();
        record_with_comment(&txn, event(2), Some("đính chính; '--")).await.unwrap();
        txn.commit(&()).await.unwrap();
        let want = |revision, comment: Option<&str>| Recorded {
            kind: "document".to_owned(),
            resource,
            action: "updated".to_owned(),
            revision,
            actor: Some(account),
            request: Some(request),
            at: now().0,
            comment: comment.map(str::to_owned),
            position: None,
        };
        assert_eq!(recorded(&test.db).await, [want(1, None), want(2, Some("đính chính; '--"))]);
    })
    .await;
}

#[tokio::test]
async fn an_event_goes_with_its_change() {
    on_both(async |test| {
        let event = Event { resource_type: "document", id: Id::new(now()), action: "created", revision: Revision::FIRST };
        let txn = test.db.begin(&Call::operator(), now()).await.unwrap();
        record(&txn, event).await.unwrap();
        drop(txn);
        assert_eq!(recorded(&test.db).await, []);
        let txn = test.db.begin(&Call::operator(), now()).await.unwrap();
        record(&txn, event).await.unwrap();
        txn.commit(&()).await.unwrap();
        let events = recorded(&test.db).await;
        assert_eq!((events.len(), events[0].actor, events[0].request), (1, None, None));
    })
    .await;
}

#[tokio::test]
async fn an_id_names_its_type_until_it_is_forgotten() {
    on_both(async |test| {
        let id = Id::new(now());
        let txn = test.db.begin(&Call::operator(), now()).await.unwrap();
        resources::register(&txn, id, "document").await.unwrap();
        txn.commit(&()).await.unwrap();
        assert_eq!(resources::type_of(test.db.reader(), id).await.unwrap().as_deref(), Some("document"));
        assert_eq!(resources::type_of(test.db.reader(), Id::new(now())).await.unwrap(), None);
        let txn = test.db.begin(&Call::operator(), now()).await.unwrap();
        assert!(resources::register(&txn, id, "issuer").await.unwrap_err().is_unique_violation());
        drop(txn);
        let txn = test.db.begin(&Call::operator(), now()).await.unwrap();
        resources::forget(&txn, id).await.unwrap();
        txn.commit(&()).await.unwrap();
        assert_eq!(resources::type_of(test.db.reader(), id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_file_is_kept_once_and_comes_back_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_folder(&folder.path().join("new").join("files")).unwrap();
    for bytes in [Vec::new(), b"abc".to_vec(), (0..=255).cycle().take(3_000_000).collect()] {
        let bytes = Bytes::from(bytes);
        let (first, second) = tokio::join!(files.put(bytes.clone()), files.put(bytes.clone()));
        let stored = first.unwrap();
        assert_eq!(stored, second.unwrap());
        assert_eq!((stored.size, stored.sha256.len()), (i64::try_from(bytes.len()).unwrap(), 64));
        let read: Vec<Bytes> = files.stream(&stored.sha256).await.unwrap().try_collect().await.unwrap();
        assert_eq!(read.concat(), bytes);
    }
    assert!(files.stream(&"0".repeat(64)).await.is_err());
    assert!(files.stream("../../etc/passwd").await.is_err());
}
