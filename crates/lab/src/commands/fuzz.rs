//! `lab fuzz`: mutated documents through the whole library, for a while.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use super::Outcome;
use crate::clock::processor_time;
use crate::error::{Result, at};
use crate::fuzz::{Mutator, TARGETS, Target};

/// How often an input has to be slow: once, what else the machine does may have been in its way.
const TRIES: u32 = 3;

/// Arguments of `lab fuzz`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folders with seed documents, such as corpus
    #[arg(value_name = "FOLDER", required = true)]
    seeds: Vec<PathBuf>,
    /// Where inputs that break something are written, in a folder for each target
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
    /// How long, in seconds of a processor
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u64,
    /// Of the generator
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Inputs that take longer than so many microseconds a byte, and a second in all, break something, too
    #[arg(long, value_name = "N", default_value_t = 20)]
    slow: u64,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome> {
        let seeds = self.read()?;
        // A panic is reported with its input.
        std::panic::set_hook(Box::new(|_| {}));
        let mut mutator = Mutator::new(self.seed);
        let end = processor_time() + Duration::from_secs(self.seconds);
        let (mut inputs, mut broken) = (0_u64, 0_u64);
        while processor_time() < end {
            let input = mutator.next(&seeds);
            inputs += 1;
            for target in &TARGETS {
                if let Err(reason) = self.check(target, &input) {
                    broken += 1;
                    let path = self.output.join(target.name).join(format!("{}-{inputs}", self.seed));
                    std::fs::create_dir_all(self.output.join(target.name))
                        .map_err(|error| at(path.display(), error))?;
                    std::fs::write(&path, &input).map_err(|error| at(path.display(), error))?;
                    writeln!(out, "{}: {reason}: {}", target.name, path.display())?;
                    out.flush()?;
                }
            }
        }
        writeln!(out, "{inputs} inputs through {} targets, {broken} broke something", TARGETS.len())?;
        Ok(if broken == 0 { Outcome::Done } else { Outcome::BelowFloor })
    }

    fn check(&self, target: &Target, input: &[u8]) -> std::result::Result<(), String> {
        let allowed = Duration::from_micros(self.slow * input.len() as u64).max(Duration::from_secs(1));
        let mut fastest = Duration::MAX;
        for _ in 0..TRIES {
            let start = processor_time();
            (target.check)(input)?;
            fastest = fastest.min(processor_time() - start);
            if fastest <= allowed {
                return Ok(());
            }
        }
        Err(format!("{fastest:.1?} for {} bytes", input.len()))
    }

    fn read(&self) -> Result<Vec<Vec<u8>>> {
        let mut seeds = Vec::new();
        let mut folders = self.seeds.clone();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).map_err(|error| at(folder.display(), error))? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    seeds.push(std::fs::read(&path).map_err(|error| at(path.display(), error))?);
                }
            }
        }
        seeds.sort();
        Ok(seeds)
    }
}
