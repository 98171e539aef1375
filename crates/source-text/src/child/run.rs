//! The parent's part: start, feed, listen, stop.

use super::{Allowance, Extraction, understand};
use crate::error::{Bound, Error};
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How long it takes at most to notice that a child that has answered has ended.
const TICK: Duration = Duration::from_millis(2);

/// All that a child has of an environment. The allocator of the server takes a whole gigabyte before it gives any, which
/// would be beyond the limit of the child's memory.
const ENVIRONMENT: [(&str, &str); 1] = [("MIMALLOC_ARENA_RESERVE", "0")];

/// A program whose `main` comes to [`super::child_main`].
#[derive(Debug, Clone)]
pub struct Program {
    /// Its file.
    pub path: PathBuf,
    /// What it is called with.
    pub arguments: Vec<OsString>,
}

impl Program {
    /// The program that is running, called with other arguments.
    pub fn this<const N: usize>(arguments: [&str; N]) -> io::Result<Self> {
        Ok(Self { path: std::env::current_exe()?, arguments: arguments.map(OsString::from).to_vec() })
    }
}

/// Has a PDF read by a child within an allowance. It blocks for as long as that takes.
///
/// The child has none of the parent's environment. It is killed when its time is up or its answer is too long; a child
/// that panics, is killed, or answers nonsense is [`Error::BrokeDown`].
pub fn run(program: &Program, bytes: &[u8], allowance: &Allowance) -> Result<Extraction, Error> {
    let mut command = Command::new(&program.path);
    command.args(&program.arguments).env_clear().envs(ENVIRONMENT);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| Error::NotStarted(error.to_string()))?;
    let listened = listen(&mut child, bytes, allowance);
    // Killing a child that has ended does nothing, and waiting leaves no zombie.
    let _ = child.kill();
    let status = child.wait();
    match listened {
        Heard::Answer(answer) => match status {
            Ok(status) if status.success() => understand(&answer),
            Ok(status) => Err(broke_down(status, allowance)),
            Err(error) => Err(Error::BrokeDown(error.to_string())),
        },
        Heard::TooMuch => Err(Error::TooLarge { bound: Bound::TextBytes, max: allowance.answer }),
        Heard::Nothing => Err(Error::TimeUp { seconds: allowance.time.as_secs() }),
    }
}

enum Heard {
    /// All that the child had to say; it has ended.
    Answer(Vec<u8>),
    /// It said too much.
    TooMuch,
    /// It did not end in time.
    Nothing,
}

/// Feeds a child and listens to it until it ends, its time is up, or it has said too much.
fn listen(child: &mut Child, bytes: &[u8], allowance: &Allowance) -> Heard {
    let end = Instant::now() + allowance.time;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { return Heard::Nothing };
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A child that does not listen to the end has ended, which its status tells.
            let _ = input.write_all(&allowance.head()).and_then(|()| input.write_all(bytes));
        });
        let (tell, heard) = mpsc::channel();
        scope.spawn(move || {
            let mut answer = Vec::new();
            let whole = output.take(allowance.answer + 1).read_to_end(&mut answer);
            let _ = tell.send(whole.map(|_| answer));
        });
        let answer = match heard.recv_timeout(allowance.time) {
            Ok(Ok(answer)) if answer.len() as u64 > allowance.answer => return stop(child, Heard::TooMuch),
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Vec::new(),
            Err(RecvTimeoutError::Timeout) => return stop(child, Heard::Nothing),
        };
        loop {
            match child.try_wait() {
                Ok(None) if Instant::now() < end => std::thread::sleep(TICK),
                Ok(None) | Err(_) => return stop(child, Heard::Nothing),
                Ok(Some(_)) => return Heard::Answer(answer),
            }
        }
    })
}

/// Stops the child, which ends the threads that feed it and listen to it.
fn stop(child: &mut Child, heard: Heard) -> Heard {
    let _ = child.kill();
    heard
}

#[cfg(unix)]
fn broke_down(status: ExitStatus, allowance: &Allowance) -> Error {
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        Some(signal) if signal == rustix::process::Signal::XCPU.as_raw() => {
            Error::TimeUp { seconds: allowance.computing.as_secs() }
        }
        Some(_) | None => Error::BrokeDown(status.to_string()),
    }
}

#[cfg(not(unix))]
fn broke_down(status: ExitStatus, _allowance: &Allowance) -> Error {
    Error::BrokeDown(status.to_string())
}
