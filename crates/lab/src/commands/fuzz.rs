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
    /// Targets to run, such as html; all without it
    #[arg(long = "target", value_name = "NAME")]
    targets: Vec<String>,
    /// How long each of the targets runs, in seconds of a processor
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
        let documents = self.read()?;
        let targets = self.chosen()?;
        // A panic is reported with its input.
        std::panic::set_hook(Box::new(|_| {}));
        let mut broken = 0;
        for target in targets {
            broken += self.target(target, &documents, out)?;
        }
        Ok(if broken == 0 { Outcome::Done } else { Outcome::BelowFloor })
    }

    fn chosen(&self) -> Result<Vec<&'static Target>> {
        if self.targets.is_empty() {
            return Ok(TARGETS.iter().collect());
        }
        let find = |name: &String| TARGETS.iter().find(|target| target.name == name);
        let names = || TARGETS.map(|target| target.name).join(", ");
        self.targets
            .iter()
            .map(|name| find(name).ok_or_else(|| format!("no target {name}: there are {}", names()).into()))
            .collect()
    }

    /// Runs one target; how many of its inputs broke something.
    fn target(&self, target: &Target, documents: &[Vec<u8>], out: &mut dyn Write) -> Result<u64> {
        let (seeds, mut mutator) = ((target.seeds)(documents), Mutator::new(self.seed));
        let start = processor_time();
        let (mut inputs, mut broken) = (0, 0);
        while processor_time() - start < Duration::from_secs(self.seconds) {
            let input = mutator.next(&seeds);
            inputs += 1;
            if let Err(reason) = self.check(target, &input) {
                broken += 1;
                let folder = self.output.join(target.name);
                let path = folder.join(format!("{}-{inputs}", self.seed));
                std::fs::create_dir_all(&folder).map_err(|error| at(path.display(), error))?;
                std::fs::write(&path, &input).map_err(|error| at(path.display(), error))?;
                writeln!(out, "{}: {reason}: {}", target.name, path.display())?;
                out.flush()?;
            }
        }
        let seconds = (processor_time() - start).as_secs();
        writeln!(out, "{}: {inputs} inputs in {seconds} s, {broken} broke something", target.name)?;
        out.flush()?;
        Ok(broken)
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
