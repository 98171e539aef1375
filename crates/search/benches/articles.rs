//! Indexes the 65,110 codified articles of `../shared/data/scale` and asks for them again.
//!
//! `cargo bench -p search --bench articles -- --help` tells what can be set. It prints one JSON object: articles a second,
//! memory, latency, and how often what was asked for stood first.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use kernel::Id;
use search::{Change, Facets, Meilisearch, Passage, Query, SearchDocument, SearchIndex, Settings, Tantivy, Times};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use time::macros::date;

const HELP: &str = "--data FOLDER    folder with phapdien_articles.jsonl.gz [../shared/data/scale]
--index FOLDER   where the index is made [a new folder that is removed]
--copies N       index the articles N times, each copy with other numbers [1]
--queries N      queries of each kind [500]
--meilisearch    ask the server at MEILISEARCH_URL (and MEILISEARCH_KEY) instead of the embedded index";

struct Article {
    heading: String,
    number: String,
    date: String,
    text: String,
}

struct Options {
    data: PathBuf,
    index: Option<PathBuf>,
    copies: usize,
    queries: usize,
    meilisearch: bool,
}

fn main() {
    let options = options();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    println!("{}", runtime.block_on(run(&options)));
}

fn options() -> Options {
    let shared = std::env::var("CONGKHAI_SHARED").unwrap_or_else(|_| format!("{}/../../../shared", env!("CARGO_MANIFEST_DIR")));
    let mut options =
        Options { data: PathBuf::from(shared).join("data/scale"), index: None, copies: 1, queries: 500, meilisearch: false };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        match name.as_str() {
            "--bench" => {}
            "--data" => options.data = given.next().unwrap().into(),
            "--index" => options.index = Some(given.next().unwrap().into()),
            "--copies" => options.copies = given.next().unwrap().parse().unwrap(),
            "--meilisearch" => options.meilisearch = true,
            "--queries" => options.queries = given.next().unwrap().parse().unwrap(),
            _ => {
                eprintln!("{HELP}");
                std::process::exit(2);
            }
        }
    }
    options
}

async fn run(options: &Options) -> Value {
    let articles = articles(&options.data);
    let kept = tempfile::tempdir().unwrap();
    let folder = options.index.clone().unwrap_or_else(|| kept.path().to_owned());
    let abbreviations = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/search/abbreviations.json"));
    let settings = Settings::parse(&abbreviations.unwrap()).unwrap();
    let (index, is_empty, batch): (Arc<dyn SearchIndex>, bool, usize) = if options.meilisearch {
        let (url, key) = (std::env::var("MEILISEARCH_URL").unwrap(), std::env::var("MEILISEARCH_KEY").ok());
        let opened = Meilisearch::connect(&url, key.as_deref(), "articles", settings).await.unwrap();
        (Arc::new(opened.index), opened.rebuilt, 10_000)
    } else {
        let opened = Tantivy::open(&folder, settings).unwrap();
        (Arc::new(opened.index), opened.rebuilt, 2_000)
    };
    let mut seconds = 0.0;
    if is_empty {
        let begun = Instant::now();
        for copy in 0..options.copies {
            for (some, from) in articles.chunks(batch).zip((0..).step_by(batch)) {
                let changes = some.iter().zip(from..).map(|(article, n)| Change::Upsert(document(article, n, copy)));
                index.apply(changes.collect()).await.unwrap();
            }
        }
        seconds = begun.elapsed().as_secs_f64();
    }
    let memory = memory();
    let count = articles.len() * options.copies;
    let asked = questions(&articles, options.queries);
    let mut told = serde_json::Map::new();
    let mut all: Vec<Duration> = Vec::new();
    for (kind, questions) in asked {
        let (mut first, mut ten, mut times) = (0, 0, Vec::new());
        for question in &questions {
            let begun = Instant::now();
            let hits = index.search(&Query::of(&question.text, date!(2026 - 11 - 24))).await.unwrap();
            times.push(begun.elapsed());
            let found: Vec<bool> = hits
                .hits
                .iter()
                .take(10)
                .map(|hit| {
                    let n = usize::try_from(hit.id.0.as_u128() & 0xFFFF_FFFF).unwrap();
                    question.is_answered_by(&articles[n])
                })
                .collect();
            first += usize::from(found.first() == Some(&true));
            ten += usize::from(found.contains(&true));
            if found.first() != Some(&true) && std::env::var("SHOW").is_ok() {
                eprintln!("{kind}: {} → {:?}", question.text, hits.hits.first().map(|hit| &hit.highlights));
            }
        }
        let share = |found: usize| (found as f64 / questions.len() as f64 * 1000.0).round() / 10.0;
        told.insert(
            kind.to_owned(),
            json!({"first": share(first), "first_ten": share(ten), "p50_ms": at(&mut times, 50), "p99_ms": at(&mut times, 99)}),
        );
        all.extend(times);
    }
    json!({
        "records": count, "articles_per_second": if seconds > 0.0 { json!((count as f64 / seconds).round()) } else { Value::Null },
        "rss_mib_after_indexing": memory, "rss_mib": self::memory(), "disk_mib": disk(&folder) / (1 << 20),
        "p50_ms": at(&mut all, 50), "p99_ms": at(&mut all, 99), "found": told,
    })
}

fn articles(data: &std::path::Path) -> Vec<Article> {
    let file = data.join("phapdien_articles.jsonl.gz");
    let mut zcat = std::process::Command::new("zcat").arg(&file).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(zcat.stdout.take().unwrap()).lines();
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let articles = lines
        .map(|line| {
            let row: Value = serde_json::from_str(&line.unwrap()).unwrap();
            Article {
                heading: text(&row, "dieu_phap_dien"),
                number: text(&row, "so_hieu"),
                date: text(&row, "ngay_ban_hanh"),
                text: text(&row, "text"),
            }
        })
        .collect();
    zcat.wait().unwrap();
    articles
}

fn document(article: &Article, n: usize, copy: usize) -> SearchDocument {
    // A copy is of another document, and no two copies are alike word for word.
    let (number, text) = if copy == 0 {
        (article.number.clone(), article.text.clone())
    } else {
        (format!("{}{}", copy, article.number), format!("Bản {copy} {}", article.text))
    };
    let id = (copy as u128) << 64 | n as u128;
    SearchDocument {
        id: Id(uuid::Uuid::from_u128(id)),
        resource_type: "document".to_owned(),
        number: (!article.number.is_empty()).then_some(number),
        title: article.heading.clone(),
        date: Some(article.date.clone()),
        facets: Facets::new(),
        times: vec![Times {
            from: None,
            until: None,
            in_force: true,
            facets: Facets::new(),
            passages: Arc::from([Passage { eid: None, heading: None, text }]),
        }],
    }
}

struct Question {
    text: String,
    answered: Answered,
}

enum Answered {
    Number(String),
    Words(String),
    Heading(String, String),
}

impl Question {
    fn is_answered_by(&self, article: &Article) -> bool {
        match &self.answered {
            Answered::Number(number) => article.number == *number,
            Answered::Words(words) => folded(&format!("{} {}", article.heading, article.text)).contains(words.as_str()),
            Answered::Heading(heading, number) => article.heading == *heading && article.number == *number,
        }
    }
}

/// The words of a text without tones, between spaces.
fn folded(text: &str) -> String {
    let folded = kernel::text::fold(text);
    format!(" {} ", folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

fn questions(articles: &[Article], count: usize) -> BTreeMap<&'static str, Vec<Question>> {
    let mut all: BTreeMap<&'static str, Vec<Question>> = BTreeMap::new();
    // A seeded walk: the same articles each time.
    let mut state = 20_261_124_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    while all.get("twelve_words").is_none_or(|questions| questions.len() < count) {
        let article = &articles[next() % articles.len()];
        let words: Vec<&str> = article.text.split_whitespace().collect();
        if words.len() < 40 || article.number.is_empty() {
            continue;
        }
        let from = words.len() / 3 + next() % (words.len() / 3);
        let Some(words) = words.get(from..from + 12) else { continue };
        let text = words.join(" ");
        let answer = folded(&text);
        let mut add = |kind, text: String, answered| all.entry(kind).or_default().push(Question { text, answered });
        add("untoned", kernel::text::fold(&text), Answered::Words(answer.clone()));
        add("twelve_words", text, Answered::Words(answer));
        add("number", article.number.clone(), Answered::Number(article.number.clone()));
        let heading = format!("{} {}", article.heading, article.number);
        add("heading_and_number", heading, Answered::Heading(article.heading.clone(), article.number.clone()));
    }
    all
}

fn at(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    let time = times[(times.len() * percent / 100).min(times.len() - 1)];
    (time.as_secs_f64() * 100_000.0).round() / 100.0
}

fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn disk(folder: &std::path::Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { disk(&entry.path()) } else { entry.metadata().map_or(0, |m| m.len()) }).sum()
}
