//! A build that is killed at any moment leaves a bundle that works: the one before, or the new one.

use crate::case::Case;
use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// Builds that are killed.
const KILLS: u32 = 80;

/// Numbers that differ from run to run (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn new() -> Self {
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap();
        Self(now.as_nanos() as u64)
    }

    /// A part of the whole.
    fn part(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) as f64 / u64::MAX as f64
    }
}

/// The notes, of which one says which build it is.
fn mark(case: &Case, number: u32) {
    let text = format!("Build\n\nThis build is the zebra{number} of its day.\n");
    fs::write(case.path("notes/build.txt"), text).unwrap();
}

/// Builds of the notes, in turn.
const BUILDS: [&str; 2] = [
    "build notes -o notes/search -q --service-worker --layout embedded",
    "build notes -o notes/search -q --service-worker --layout split",
];

/// Merges of the parts of the notes, in turn.
const MERGES: [&str; 2] = [
    "merge 1.part 2.part 3.part -o notes/search -q --service-worker --layout embedded",
    "merge 1.part 2.part 3.part -o notes/search -q --service-worker --layout split",
];

/// Reads the parts of the notes anew.
fn read_parts(case: &Case) {
    for part in 1..=3 {
        case.done(&format!("build notes --part {part}/3 -o {part}.part -q"));
    }
}

/// Starts a build, kills it after a while, and says whether it was done before.
fn killed(case: &Case, build: &str, after: Duration) -> bool {
    let mut child = case
        .command()
        .args(build.split(' '))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap().success()
}

#[test]
fn a_bundle_stays_whole_when_builds_are_killed() {
    stays_whole(&BUILDS[..1]);
}

#[test]
fn a_split_bundle_stays_whole_when_builds_are_killed() {
    stays_whole(&BUILDS[1..]);
}

#[test]
fn a_bundle_stays_whole_when_builds_of_another_layout_are_killed() {
    stays_whole(&BUILDS);
}

#[test]
fn a_bundle_stays_whole_when_merges_are_killed() {
    stays_whole(&MERGES[..1]);
}

#[test]
fn a_split_bundle_stays_whole_when_merges_are_killed() {
    stays_whole(&MERGES[1..]);
}

/// Kills builds, and finds what was there before or what was being built.
fn stays_whole(builds: &[&str]) {
    let case = Case::notes();
    let mark = |number: u32| {
        mark(&case, number);
        if builds[0].starts_with("merge") {
            read_parts(&case);
        }
    };
    mark(0);
    let start = Instant::now();
    case.done(builds[0]);
    let whole = start.elapsed();

    let mut random = Random::new();
    let (mut done, mut last) = (0, 0);
    for number in 1..=KILLS {
        mark(number);
        let after = whole.mul_f64(random.part() * 1.2);
        let build = builds[number as usize % builds.len()];
        let finished = killed(&case, build, after);
        done += u32::from(finished);
        let checked = case.run("check notes/search");
        assert_eq!(checked.code, 0, "killed after {after:?}: {}", checked.said);
        let found = |number: u32| {
            case.run(&format!("search notes/search +zebra{number} --no-correct"))
                .code
                == 0
        };
        if found(number) {
            last = number;
        } else {
            assert!(!finished, "build {number} was done and is not there");
            assert!(
                found(last),
                "killed after {after:?}: neither build {number} nor build {last} is there"
            );
        }
    }
    assert!(done < KILLS, "no build was killed in time");

    // Two more, since blocks stay until the build after the next.
    for number in [KILLS + 1, KILLS + 2] {
        mark(number);
        case.done(builds[0]);
    }
    let fresh = builds[0].replace("notes/search", "fresh");
    case.done(&fresh.replace("--service-worker ", ""));
    // Nothing is left of all of them.
    let names = |folder: &str| case.names(folder).len();
    assert_eq!(names("notes/search"), names("fresh"));
    if case.path("fresh/blocks").is_dir() {
        let blocks = |folder: &str| case.names(&format!("{folder}/blocks")).len();
        assert!(blocks("notes/search") <= 2 * blocks("fresh"));
    }
}

#[test]
fn a_first_build_that_was_killed_can_be_repeated() {
    let mut random = Random::new();
    let case = Case::notes();
    let start = Instant::now();
    case.done("build notes -o fresh -q");
    let whole = start.elapsed();
    for _ in 0..KILLS / 4 {
        let after = whole.mul_f64(random.part() * 1.2);
        killed(&case, BUILDS[1], after);
        let checked = case.run("check notes/search");
        let nothing = checked.said.contains("no such file")
            || checked.said.contains("holds no bundle")
            || checked.said.contains("was not finished");
        assert!(
            checked.code == 0 || nothing,
            "killed after {after:?}: {}",
            checked.said
        );
        case.done("build notes -o notes/search -q");
        case.done("check notes/search");
        fs::remove_dir_all(case.path("notes/search")).unwrap();
    }
}
