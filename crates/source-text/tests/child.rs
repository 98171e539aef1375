//! Reading in a child, and children that misbehave.

use crate::fixtures::file;
use source_text::child::{Allowance, Program, run};
use source_text::{Bound, Error, Format};
use std::time::{Duration, Instant};

/// The example `child`, which is built with the tests.
pub fn program(conduct: &str) -> Program {
    let tests = std::env::current_exe().unwrap();
    let path = tests.parent().unwrap().parent().unwrap().join("examples/child");
    assert!(path.exists(), "cargo builds {} before the tests", path.display());
    Program { path, arguments: vec![conduct.into()] }
}

fn error(conduct: &str, allowance: Allowance) -> Error {
    run(&program(conduct), &file("text.pdf"), &allowance).unwrap_err()
}

/// One second for everything.
fn short() -> Allowance {
    Allowance { time: Duration::from_secs(1), ..Allowance::default() }
}

#[test]
fn a_child_reads_text_and_signatures() {
    let read = run(&program("read"), &file("signed-twice.pdf"), &Allowance::default()).unwrap();
    assert_eq!(read.text.text(), "Dieu 1. Cong khai du lieu cua tinh Song Lam.");
    assert_eq!(read.signatures, source_text::pdf::signatures(&file("signed-twice.pdf")));
    assert!(read.signatures.iter().all(source_text::pdf::Signature::is_intact));
}

#[test]
fn a_fault_of_the_file_comes_back_as_it_is() {
    let refused = |bytes: &[u8]| run(&program("read"), bytes, &Allowance::default()).unwrap_err();
    assert_eq!(refused(&file("password.pdf")), Error::Encrypted { format: Format::Pdf });
    assert_eq!(refused(b"text"), Error::NotThis { format: Format::Pdf });
    assert_eq!(refused(b""), Error::NotThis { format: Format::Pdf });
}

#[test]
fn a_child_that_breaks_down_is_an_error() {
    for conduct in ["panic", "abort", "overflow"] {
        assert!(matches!(error(conduct, Allowance::default()), Error::BrokeDown(_)), "{conduct}");
    }
}

#[test]
fn a_child_that_computes_without_end_is_stopped_by_its_own_limit() {
    let allowance = Allowance { computing: Duration::from_secs(1), time: Duration::from_secs(30), ..Allowance::default() };
    let begin = Instant::now();
    assert_eq!(error("compute", allowance), Error::TimeUp { seconds: 1 });
    assert!(begin.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_child_that_does_nothing_is_killed_when_its_time_is_up() {
    for conduct in ["sleep", "deaf", "compute"] {
        let begin = Instant::now();
        assert_eq!(error(conduct, short()), Error::TimeUp { seconds: 1 }, "{conduct}");
        assert!(begin.elapsed() < Duration::from_secs(5), "{conduct}");
    }
}

#[test]
fn a_child_that_does_not_listen_does_not_hold_up_who_feeds_it() {
    let bytes = vec![b'x'; 8 << 20];
    assert_eq!(run(&program("deaf"), &bytes, &short()).unwrap_err(), Error::TimeUp { seconds: 1 });
}

#[test]
fn a_child_that_takes_all_memory_breaks_down_alone() {
    let allowance = Allowance { memory: 256 << 20, ..Allowance::default() };
    let begin = Instant::now();
    assert!(matches!(error("hog", allowance), Error::BrokeDown(_)));
    assert!(begin.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_child_has_enough_memory_for_its_work() {
    let allowance = Allowance { memory: 64 << 20, ..Allowance::default() };
    assert!(run(&program("read"), &file("chromium.pdf"), &allowance).is_ok());
}

#[test]
fn nonsense_and_silence_are_no_answers() {
    for conduct in ["nonsense", "silent"] {
        let Error::BrokeDown(why) = error(conduct, Allowance::default()) else { panic!("{conduct}") };
        assert!(why.contains("an answer that is none"), "{why}");
    }
}

#[test]
fn a_child_that_says_too_much_is_stopped() {
    let allowance = Allowance { answer: 1 << 20, ..Allowance::default() };
    assert_eq!(error("flood", allowance), Error::TooLarge { bound: Bound::TextBytes, max: 1 << 20 });
}

#[test]
fn a_child_knows_nothing_of_its_parent_and_writes_no_files() {
    for conduct in ["environment", "write"] {
        let Error::BrokeDown(why) = error(conduct, Allowance::default()) else { panic!("{conduct}") };
        assert!(!why.contains("an answer that is none"), "{conduct}: {why}");
    }
}

#[test]
fn a_program_that_is_not_there_is_told() {
    let program = Program { path: "/nowhere/congkhai".into(), arguments: Vec::new() };
    assert!(matches!(run(&program, b"", &short()), Err(Error::NotStarted(_))));
}

#[test]
fn a_program_that_is_no_child_of_ours_is_no_harm() {
    let program = Program { path: "/bin/cat".into(), arguments: Vec::new() };
    assert!(matches!(run(&program, &file("text.pdf"), &short()), Err(Error::BrokeDown(_))));
}
