//! Prints how long it takes to index and search 2,000 synthetic articles, and what memory it takes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use kernel::{Clock, Id};
use search::{Change, Facets, Passage, Query, SearchDocument, SearchIndex, Settings, Tantivy, Times};
use std::time::Instant;

const WORDS: &str = "ủy ban nhân dân tỉnh ban hành quy chế quản lý cung cấp và sử dụng thông tin trên cổng thông tin điện tử \
    căn cứ luật tổ chức chính quyền địa phương nghị định quyết định số về việc hoạt động của cơ quan nhà nước đường bộ giá đất";

fn article(n: usize) -> SearchDocument {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut seed = n.wrapping_mul(0x9E37_79B9).wrapping_add(1);
    let mut text = |count: usize| {
        let mut text = String::new();
        for _ in 0..count {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(words[(seed >> 33) % words.len()]);
            text.push(' ');
        }
        text
    };
    SearchDocument {
        id: Id::new(Clock::System.now()),
        resource_type: "article".to_owned(),
        number: n.is_multiple_of(10).then(|| format!("{n}/2024/QĐ-UBND")),
        title: text(14),
        date: Some(format!("2024-{:02}-{:02}", n % 12 + 1, n % 28 + 1)),
        facets: Facets::new(),
        times: vec![Times {
            from: None,
            until: None,
            in_force: true,
            facets: Facets::new(),
            passages: [Passage { text: text(700), ..Passage::default() }].into(),
        }],
    }
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or("VmRSS: unknown");
    resident.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    println!("before: {}", memory());
    let began = Instant::now();
    let index = Tantivy::open(folder.path(), Settings::default()).unwrap().index;
    println!("opened empty in {:?}: {}", began.elapsed(), memory());

    let articles: Vec<Change> = (0..2000).map(|n| Change::Upsert(article(n))).collect();
    let began = Instant::now();
    for batch in articles.chunks(200) {
        index.apply(batch.to_vec()).await.unwrap();
    }
    println!("indexed 2,000 in batches of 200 in {:?}: {}", began.elapsed(), memory());
    drop(articles);
    let began = Instant::now();
    for n in 0..20 {
        index.apply(vec![Change::Upsert(article(n))]).await.unwrap();
    }
    println!("one change and its commit in {:?}", began.elapsed() / 20);
    drop(index);

    let began = Instant::now();
    let index = Tantivy::open(folder.path(), Settings::default()).unwrap().index;
    println!("opened full in {:?}: {}", began.elapsed(), memory());
    for text in ["cổng thông tin", "quy che cong thong tin dien tu", "40/2024/QĐ-UBND", "đường", "zebrafish"] {
        let query = Query::of(text, kernel::parse_date("2026-01-15").unwrap());
        let began = Instant::now();
        let mut total = 0;
        for _ in 0..20 {
            total = index.search(&query).await.unwrap().total;
        }
        println!("{text}: {total} hits in {:?}", began.elapsed() / 20);
    }
    println!("after: {}", memory());
}
