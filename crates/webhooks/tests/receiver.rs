//! A receiver of messages, as somebody else runs one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A message that arrived.
#[derive(Debug, Clone)]
pub struct Received {
    pub head: String,
    pub body: String,
}

impl Received {
    /// The value of a header.
    pub fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.split_once(": ").filter(|(known, _)| known.eq_ignore_ascii_case(name)));
        line.map(|(_, value)| value).unwrap_or_default()
    }
}

/// How it answers.
#[derive(Debug, Clone)]
pub enum Answer {
    /// With a status, and headers or a body as they stand.
    Status(u16, String),
    /// Not at all: it hangs up.
    HangsUp,
}

/// Answers one message after another as it was told, then 204.
pub struct Receiver {
    pub port: u16,
    received: Arc<Mutex<Vec<Received>>>,
    at_once: Arc<Mutex<(usize, usize)>>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
}

impl Receiver {
    /// Listens on a free port of this machine; each answer takes so long.
    pub async fn listening(patience: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            port: listener.local_addr().unwrap().port(),
            received: Arc::default(),
            at_once: Arc::default(),
            answers: Arc::default(),
        };
        let (received, answers, at_once) = (receiver.received.clone(), receiver.answers.clone(), receiver.at_once.clone());
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (received, answers, at_once) = (received.clone(), answers.clone(), at_once.clone());
                tokio::spawn(async move {
                    let Some((stream, message)) = read(stream).await else { return };
                    received.lock().unwrap().push(message);
                    change(&at_once, 1);
                    tokio::time::sleep(patience).await;
                    change(&at_once, -1);
                    let answer = answers.lock().unwrap().pop_front();
                    answered(stream, answer).await;
                });
            }
        });
        receiver
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    /// How the next messages are answered.
    pub fn answers(&self, answers: impl IntoIterator<Item = Answer>) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// The same status for so many messages.
    pub fn answers_with(&self, status: u16, times: usize) {
        self.answers((0..times).map(|_| Answer::Status(status, String::new())));
    }

    /// What has arrived.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// How many messages it was answering at the same time, at most.
    pub fn most_at_once(&self) -> usize {
        self.at_once.lock().unwrap().1
    }
}

fn change(at_once: &Mutex<(usize, usize)>, by: isize) {
    let mut at_once = at_once.lock().unwrap();
    at_once.0 = at_once.0.checked_add_signed(by).unwrap();
    at_once.1 = at_once.1.max(at_once.0);
}

async fn read(mut stream: TcpStream) -> Option<(TcpStream, Received)> {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.ok()?;
        if count == 0 {
            return None;
        }
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let message = Received { head: head.to_owned(), body: body.to_owned() };
        if body.len() >= message.header("content-length").parse().unwrap_or(0) {
            return Some((stream, message));
        }
    }
}

async fn answered(mut stream: TcpStream, answer: Option<Answer>) {
    let (status, rest) = match answer {
        Some(Answer::HangsUp) => return,
        Some(Answer::Status(status, rest)) => (status, rest),
        None => (204, String::new()),
    };
    let rest = if rest.is_empty() { "content-length: 0\r\n\r\n".to_owned() } else { rest };
    let _ = stream.write_all(format!("HTTP/1.1 {status} Told\r\nconnection: close\r\n{rest}").as_bytes()).await;
    let _ = stream.shutdown().await;
}
