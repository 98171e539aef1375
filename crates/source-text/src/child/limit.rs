//! The limits that a process sets itself. It cannot raise them again.

use std::io;

/// Limits the calling process to seconds of computing and bytes of memory on top of what it has; it can write no file, leave no core, gain no
/// rights, and does not outlive its parent.
#[cfg(unix)]
pub(super) fn limit(seconds: u64, memory: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |resource: Resource, most: u64| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    at_most(Resource::Core, 0)?;
    at_most(Resource::Fsize, 0)?;
    at_most(Resource::As, taken().saturating_add(memory))?;
    // Whoever goes on after the first signal gets the last one a second later.
    setrlimit(Resource::Cpu, Rlimit { current: Some(seconds), maximum: Some(seconds + 1) })?;
    #[cfg(target_os = "linux")]
    {
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
        rustix::thread::set_no_new_privs(true)?;
    }
    Ok(())
}

/// Bytes of address space that the process has taken by now, where the system tells: its code, and what its allocator
/// has set aside.
#[cfg(unix)]
fn taken() -> u64 {
    let sizes = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = sizes.split(' ').next().and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages.saturating_mul(rustix::param::page_size() as u64)
}

/// Elsewhere only the parent limits: time, and the length of the answer.
#[cfg(not(unix))]
pub(super) fn limit(_seconds: u64, _memory: u64) -> io::Result<()> {
    Ok(())
}
