//! Prints how well and how fast articles of law are found on a Meilisearch server.
//!
//! `MEILISEARCH_URL=meilisearch://… MEILISEARCH_KEY=… meilisearch_figures articles.jsonl.gz [count of samples] [batch]`;
//! what is indexed stays for the next run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use kernel::Id;
use kernel::text::fold;
use search::{Change, Meilisearch, Passage, Query, SearchDocument, SearchIndex, Settings, Times};
use serde::Deserialize;
use std::io::BufRead;
use std::process::Command;
use std::time::{Duration, Instant};

#[derive(Deserialize)]
struct Article {
    dieu_phap_dien: String,
    so_hieu: Option<String>,
    loai_van_ban: Option<String>,
    ngay_ban_hanh: Option<String>,
    text: String,
}

impl Article {
    /// `Điều 36.3.LQ.1. Thanh niên` → `Thanh niên`.
    fn heading(&self) -> &str {
        self.dieu_phap_dien.splitn(3, ' ').nth(2).unwrap_or_default().trim()
    }

    fn document(&self, n: usize) -> SearchDocument {
        let kind = self.loai_van_ban.clone().into_iter().collect();
        SearchDocument {
            id: id(n),
            resource_type: "document".to_owned(),
            number: self.so_hieu.clone(),
            title: self.dieu_phap_dien.clone(),
            date: self.ngay_ban_hanh.clone().filter(|date| !date.is_empty()),
            facets: [("document_type".to_owned(), kind)].into(),
            times: vec![Times {
                from: None,
                until: None,
                in_force: true,
                facets: Default::default(),
                passages: vec![Passage { eid: None, heading: None, text: self.text.clone() }].into(),
            }],
        }
    }
}

fn id(n: usize) -> Id {
    Id::parse(&format!("00000000-0000-7000-8000-{n:012x}")).unwrap()
}

fn line(id: Id) -> usize {
    usize::try_from(id.0.as_u128() & 0xFFFF_FFFF_FFFF).unwrap()
}

fn read(file: &str) -> Vec<Article> {
    let unpacked = Command::new("gzip").args(["-dc", file]).output().unwrap().stdout;
    unpacked.lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect()
}

/// The words of a text, in lower case, between single spaces.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn holds(text: &str, asked: &str) -> bool {
    format!(" {} ", words(text).join(" ")).contains(&format!(" {} ", words(asked).join(" ")))
}

struct Question {
    text: String,
    is_answered: Box<dyn Fn(&Article) -> bool>,
}

fn number(article: &Article) -> Option<Question> {
    let number = article.so_hieu.clone()?;
    let text = number.clone();
    Some(Question { text, is_answered: Box::new(move |hit| hit.so_hieu.as_deref() == Some(&number)) })
}

fn twelve(article: &Article) -> Option<Question> {
    let all: Vec<&str> = article.text.split_whitespace().collect();
    if all.len() < 30 {
        return None;
    }
    let text = all[all.len() / 2 - 6..all.len() / 2 + 6].join(" ");
    let asked = text.clone();
    Some(Question { text, is_answered: Box::new(move |hit| holds(&hit.text, &asked)) })
}

fn untoned(article: &Article) -> Option<Question> {
    let text = fold(&twelve(article)?.text);
    let asked = text.clone();
    Some(Question { text, is_answered: Box::new(move |hit| holds(&fold(&hit.text), &asked)) })
}

fn heading_and_number(article: &Article) -> Option<Question> {
    let number = article.so_hieu.clone()?;
    let heading = article.heading().to_owned();
    let text = format!("{heading} {number}");
    Some(Question { text, is_answered: Box::new(move |hit| hit.so_hieu.as_deref() == Some(&number) && hit.heading() == heading) })
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let articles = read(&arguments.next().expect("the file of articles"));
    let samples: usize = arguments.next().map_or(300, |count| count.parse().unwrap());
    let url = std::env::var("MEILISEARCH_URL").expect("MEILISEARCH_URL");
    let key = std::env::var("MEILISEARCH_KEY").ok();
    let batch_size = arguments.next().map_or(2_000, |count| count.parse().unwrap());
    let opened = Meilisearch::connect(&url, key.as_deref(), "figures", Settings::default()).await.unwrap();
    let index = opened.index;
    if opened.rebuilt {
        let began = Instant::now();
        for (at, batch) in articles.chunks(batch_size).enumerate() {
            let changes = batch.iter().enumerate().map(|(n, one)| Change::Upsert(one.document(at * batch_size + n)));
            index.apply(changes.collect()).await.unwrap();
        }
        let took = began.elapsed();
        println!("indexed {} in {took:?}: {:.0} a second", articles.len(), articles.len() as f64 / took.as_secs_f64());
        let began = Instant::now();
        for (n, article) in articles.iter().enumerate().take(10) {
            index.apply(vec![Change::Upsert(article.document(n))]).await.unwrap();
        }
        println!("one change: {:?}", began.elapsed() / 10);
    }
    let today = time::OffsetDateTime::now_utc().date();
    for (name, ask) in [
        ("number", number as fn(&Article) -> Option<Question>),
        ("twelve words", twelve),
        ("twelve words without tones", untoned),
        ("heading and number", heading_and_number),
    ] {
        let mut seed: u64 = 20_261_124;
        let (mut asked, mut answered) = (0, 0);
        let mut times: Vec<Duration> = Vec::new();
        while asked < samples {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let Some(question) = ask(&articles[(seed >> 33) as usize % articles.len()]) else { continue };
            let began = Instant::now();
            let hits = index.search(&Query::of(&question.text, today)).await.unwrap();
            times.push(began.elapsed());
            asked += 1;
            let first = hits.hits.first().map(|hit| &articles[line(hit.id)]);
            if first.is_some_and(|hit| (question.is_answered)(hit)) {
                answered += 1;
            } else if std::env::var_os("SHOW_MISSED").is_some() {
                println!(
                    "  missed: {} (found {}, relaxed {}): {:?}",
                    question.text,
                    hits.total,
                    hits.is_relaxed,
                    first.map(|hit| &hit.dieu_phap_dien)
                );
            }
        }
        times.sort();
        let (half, most) = (times[times.len() / 2], times[times.len() * 95 / 100]);
        println!(
            "{name}: {answered} of {asked} found first ({:.1} %), {half:?} half, {most:?} 95 %",
            100.0 * f64::from(answered) / asked as f64
        );
    }
}
