//! A resource that is registered while the server runs is served by both protocols at once, from the
//! one description it brings along.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use accounts::Accounts;
use actix_web::{test, web};
use async_trait::async_trait;
use documents::{Documents, Issuers};
use gateway::{App, Description, Parts, Problem, RegisterError, Registry, Resource, Settings, Target, Verb};
use jobs::{Node, Runner};
use kernel::query::{Direction, Field, FieldKind, ListQuery, SortKey};
use kernel::{Actor, Call, Clock, CursorKey, Found, Id, Page, Position, Revision, Row, Text, View};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use store::{Files, Secret};

/// Tour routes in memory: what an operator might add today.
struct TourRoutes {
    description: Description,
    rows: Mutex<Vec<Row>>,
}

impl TourRoutes {
    fn new() -> Self {
        let schema = |extra: Value| {
            let mut schema = json!({ "type": "object", "additionalProperties": false, "properties": {
                "title": { "type": "string", "maxLength": 300, "description": "Its name." },
                "length_km": { "type": ["number", "null"], "minimum": 0 },
                "stops": { "type": "array", "items": { "type": "string" } } } });
            schema.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            schema
        };
        let mut view = schema(json!({ "required": ["id", "type", "title"] }));
        view["properties"]["id"] = json!({ "type": "string", "format": "uuid" });
        view["properties"]["type"] = json!({ "type": "string" });
        let titles = (Text::new("tuyến du lịch", "tour routes"), Text::new("tuyến du lịch", "tour route"));
        let description = Description {
            schema: view,
            input: Some(schema(json!({ "required": ["title"], "title": "TourRouteInput" }))),
            fields: vec![Field { name: "title".into(), kind: FieldKind::Text, nullable: false, sortable: true }],
            default_sort: vec![SortKey { field: "title".into(), direction: Direction::Asc }],
            ..Description::simple("tour-route", "tour-routes", "/v1/content/tour-route", titles)
        };
        Self { description, rows: Mutex::default() }
    }
}

#[async_trait]
impl Resource for TourRoutes {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, _: &Actor, _: Verb) -> bool {
        true
    }

    async fn list(&self, _: &Actor, _: &ListQuery) -> Result<Page<Row>, Problem> {
        let rows = self.rows.lock().unwrap().clone();
        let id = |row: &Row| Id::parse(row["id"].as_str().unwrap()).unwrap();
        let items = rows.into_iter().map(|row| (Position { keys: Vec::new(), id: id(&row) }, row)).collect();
        Ok(Page { items, more_after: false, more_before: false, total: None })
    }

    async fn get_many(&self, _: &Actor, ids: &[Id], _: &View) -> Result<Vec<Found>, Problem> {
        let rows = self.rows.lock().unwrap();
        let wanted = rows.iter().filter(|row| ids.iter().any(|id| row["id"] == id.to_string()));
        Ok(wanted.map(|row| Found { revision: Revision::FIRST, row: row.clone() }).collect())
    }

    async fn create(&self, _: &Call, mut input: Row) -> Result<Found, Problem> {
        input.insert("id".into(), Id::new(Clock::System.now()).to_string().into());
        input.insert("type".into(), "tour-route".into());
        self.rows.lock().unwrap().push(input.clone());
        Ok(Found { revision: Revision::FIRST, row: input })
    }

    async fn patch(&self, _: &Call, _: Target, _: Row) -> Result<Found, Problem> {
        unimplemented!("not asked for here")
    }

    async fn delete(&self, _: &Call, _: Target) -> Result<(), Problem> {
        unimplemented!("not asked for here")
    }
}

struct Running {
    app: web::Data<App>,
    runner: Runner,
    _kept: testkit::TestDatabase,
}

async fn running() -> Running {
    let kept = testkit::sqlite().await;
    let (db, clock) = (kept.db.clone(), Clock::System);
    let files = Files::in_folder(&kept.folder.path().join("files")).unwrap();
    let library = media::Library::new(db.clone(), &files, clock.clone(), media::Limits::default());
    let documents = Documents::new(db.clone(), files, testkit::reader(), clock.clone());
    let runner = Runner::start(Node { id: Id::new(clock.now()), db: db.clone(), clock: clock.clone() }, Vec::new());
    let types = content::ContentTypes::new(db.clone(), clock.clone());
    let rules = policies::Policies::new(db.clone(), clock.clone());
    let entries = content::Entries::new(db.clone(), clock.clone(), types.clone(), rules.clone());
    let content = gateway::Content::new(types, entries, rules);
    let secret = Secret::given("a secret of thirty-two characters");
    let subjects = gateway::Subjects {
        documents: documents.clone(),
        issuers: Issuers::new(db.clone(), clock.clone()),
        media: library.clone(),
        content: content.clone(),
        webhooks: webhooks::Webhooks::new(db.clone(), clock.clone(), &secret, webhooks::Reach::default()),
    };
    let parts = Parts {
        accounts: Accounts::new(db.clone(), clock.clone(), &secret),
        cursors: CursorKey::new([1; 32]),
        registry: Arc::new(gateway::built_in(subjects).unwrap()),
        media: library,
        content,
        search: Arc::new(search::Tantivy::open(&kept.folder.path().join("index"), search::Settings::default()).unwrap().index),
        search_consumer: "search",
        wake: runner.wake(),
        settings: Settings::default(),
        db,
        clock,
        documents,
    };
    Running { app: web::Data::new(App::new(parts).await.unwrap()), runner, _kept: kept }
}

#[actix_web::test]
async fn a_type_registered_while_the_server_runs_is_typed_in_rest_openapi_and_graphql() {
    let running = running().await;
    let service = test::init_service(gateway::application(running.app.clone())).await;
    macro_rules! answer {
        ($request:expr) => {{
            let answer = test::call_service(&service, $request.to_request()).await;
            let status = answer.status().as_u16();
            let body = test::read_body(answer).await;
            (
                status,
                serde_json::from_slice::<Value>(&body)
                    .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned())),
            )
        }};
    }
    let get = |uri: &str| test::TestRequest::get().uri(uri);
    let graphql = |query: &str| test::TestRequest::post().uri("/graphql").set_json(json!({ "query": query }));

    assert_eq!(answer!(get("/v1/content/tour-route")).0, 404);
    let unknown = answer!(graphql("{ tourRoutes { edges { node { title } } } }")).1;
    assert!(unknown["errors"][0]["message"].as_str().unwrap().contains("tourRoutes"), "{unknown}");

    running.app.registry().serve(vec![Arc::new(TourRoutes::new())]).unwrap();

    let (status, created) = answer!(
        test::TestRequest::post()
            .uri("/v1/content/tour-route")
            .set_json(json!({ "title": "Sông Lam", "length_km": 12.5, "stops": ["Bến Thủy"] }))
    );
    assert_eq!(status, 201, "{created}");
    let (status, refused) =
        answer!(test::TestRequest::post().uri("/v1/content/tour-route").set_json(json!({ "length_km": -1, "color": "red" })));
    assert_eq!(status, 422);
    let mut pointers: Vec<&str> =
        refused["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/color", "/length_km", "/title"]);

    let (_, rest) = answer!(get("/v1/content/tour-route"));
    assert_eq!(rest["data"][0]["length_km"], 12.5);
    let (_, made) =
        answer!(graphql("mutation { createTourRoute(input: { title: \"Núi Hồng\", stops: [\"Đỉnh\"] }) { id title stops } }"));
    assert_eq!(made["data"]["createTourRoute"]["stops"], json!(["Đỉnh"]), "{made}");
    let (_, listed) = answer!(graphql("{ tourRoutes(sort: [TITLE_ASC]) { edges { node { id title lengthKm __typename } } } }"));
    let node = &listed["data"]["tourRoutes"]["edges"][0]["node"];
    assert_eq!((&node["lengthKm"], &node["__typename"]), (&json!(12.5), &json!("TourRoute")), "{listed}");
    assert_eq!(node["id"], created["data"]["id"], "the ids are the same in both protocols");
    let (_, one) = answer!(graphql(&format!("{{ tourRoute(id: {}) {{ title }} }}", created["data"]["id"])));
    assert_eq!(one["data"]["tourRoute"]["title"], "Sông Lam");

    let (_, openapi) = answer!(get("/openapi.json"));
    assert_eq!(openapi["components"]["schemas"]["TourRoute"]["properties"]["length_km"]["minimum"], 0);
    assert!(openapi["paths"]["/v1/content/tour-route"]["post"]["requestBody"].is_object());
    let (_, sdl) = answer!(get("/schema.graphql"));
    let sdl = sdl.as_str().unwrap();
    assert!(sdl.contains("type TourRoute implements Node") && sdl.contains("lengthKm: Float"), "{sdl}");
    running.runner.stop().await;
}

#[actix_web::test]
async fn a_type_whose_name_is_taken_is_refused_and_nothing_changes() {
    let running = running().await;
    let mut twin = TourRoutes::new();
    twin.description.name = "document".into();
    let before = running.app.registry().now().sdl().to_owned();
    let refused = running.app.registry().serve(vec![Arc::new(twin)]);
    assert!(matches!(refused, Err(RegisterError::NameTaken(name)) if name == "Document"));
    assert_eq!(running.app.registry().now().sdl(), before);
    assert!(matches!(
        Registry::new(vec![Arc::new(TourRoutes::new()), Arc::new(TourRoutes::new())]),
        Err(RegisterError::NameTaken(_))
    ));
    running.runner.stop().await;
}
