//! Reading in a process of its own, which may break down or be stopped without harm to anybody.
//!
//! The parent starts a program ([`run`]), whose first and only act is [`child_main`]: it takes its limits and the file
//! from its input, limits itself, and answers on its output. Whatever happens to it, the parent has an answer or an
//! [`Error`] in the time it allowed.

mod limit;
mod run;

pub use run::{Program, run};

use crate::pdf;
use crate::{Error, Format};
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::time::Duration;

/// What a child may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Time on the clock.
    pub time: Duration,
    /// Time of computing, in whole seconds.
    pub computing: Duration,
    /// Bytes of memory (address space) beyond what the program takes at its start; files with large fonts need some
    /// 64 MiB.
    pub memory: u64,
    /// Bytes of its answer.
    pub answer: u64,
}

impl Default for Allowance {
    /// One minute, half of it computing, and 1 GiB: enough for thousands of pages.
    fn default() -> Self {
        Self { time: Duration::from_secs(60), computing: Duration::from_secs(30), memory: 1 << 30, answer: 64 << 20 }
    }
}

/// What a child reads from a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extraction {
    /// Its text, page by page.
    pub text: pdf::PdfText,
    /// The evidence of its signatures.
    pub signatures: Vec<pdf::Signature>,
}

/// The beginning of what a child is sent, with the version of it.
const GREETING: &[u8; 8] = b"CKSRC\0\0\x01";

impl Allowance {
    /// What goes before the file: the greeting, seconds of computing, bytes of memory.
    fn head(&self) -> Vec<u8> {
        let mut head = GREETING.to_vec();
        head.extend(self.computing.as_secs().max(1).to_le_bytes());
        head.extend(self.memory.to_le_bytes());
        head
    }
}

/// Does the work of a child: reads a PDF from standard input and answers on standard output.
///
/// It is to be called before anything else, in a program that [`run`] starts.
pub fn child_main() -> ExitCode {
    let Ok(bytes) = begin() else { return ExitCode::FAILURE };
    match answer(&pdf::extract(&bytes)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// The first half of [`child_main`]: takes the limits, limits the process, and gives the file.
pub fn begin() -> io::Result<Vec<u8>> {
    let mut input = io::stdin().lock();
    let mut head = [0; 24];
    input.read_exact(&mut head)?;
    let number = |from: usize| {
        let bytes = head.get(from..from + 8).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u64::from_le_bytes)
    };
    if !head.starts_with(GREETING) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "this is no child of ours"));
    }
    limit::limit(number(8), number(16))?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn answer(result: &Result<Extraction, Error>) -> io::Result<()> {
    let mut output = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut output, result)?;
    output.flush()
}

/// Reads an answer.
fn understand(bytes: &[u8]) -> Result<Extraction, Error> {
    let told: Result<Result<Extraction, Error>, _> = serde_json::from_slice(bytes);
    told.unwrap_or_else(|_| Err(Error::BrokeDown(format!("an answer that is none, to a {}", Format::Pdf.name()))))
}
