//! Fuzzing: inputs that are mutated by chance, and what must hold for each of them.
//!
//! Input: a seed and seed documents. Output: inputs that break a rule. The same seed gives the same inputs. Inputs that once
//! broke something are kept in `crashes/TARGET/` and replayed by the tests.

mod mutate;
mod seeds;
mod targets;

pub(crate) use mutate::Mutator;
pub(crate) use targets::{TARGETS, Target};

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Mutator, TARGETS, seeds};

    fn corpus() -> Vec<Vec<u8>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
        let folders = std::fs::read_dir(root).expect("the corpus").map(|entry| entry.expect("an entry").path());
        let files = folders.filter(|folder| folder.is_dir()).flat_map(|folder| {
            ["page.html", "page.txt", "page.eml"]
                .into_iter()
                .filter_map(move |name| std::fs::read(folder.join(name)).ok())
        });
        let mut seeds: Vec<Vec<u8>> = files.collect();
        seeds.sort();
        seeds
    }

    #[test]
    fn mutated_documents_of_the_corpus_break_nothing() {
        let seeds = corpus();
        assert!(seeds.len() >= 40);
        for target in TARGETS {
            let (mut mutator, seeds) = (Mutator::new(7), (target.seeds)(&seeds));
            for _ in 0..15 {
                let input = mutator.next(&seeds);
                assert_eq!((target.check)(&input), Ok(()), "{}: {:?}", target.name, String::from_utf8_lossy(&input));
            }
        }
    }

    #[test]
    fn the_seeds_are_what_their_targets_read() {
        let documents = corpus();
        for target in TARGETS {
            for seed in (target.seeds)(&documents) {
                assert_eq!((target.check)(&seed), Ok(()), "{}", target.name);
            }
        }
        let hashes = [unboil::lab::features_hash(), unboil::lab::line_features_hash()];
        let models = seeds::models(&documents);
        assert!(models.iter().zip(hashes).all(|(model, hash)| unboil::lab::Model::from_bytes(model, hash).is_ok()));
        assert_eq!(models.len(), 2);
        for rule in seeds::rules(&documents) {
            let table = String::from_utf8(rule).expect("UTF-8");
            assert!(unboil::Options::default().rules(&[("own", &table)]).is_ok(), "{table}");
        }
        for statistics in seeds::templates(&documents) {
            let text = String::from_utf8(statistics).expect("UTF-8");
            assert_eq!(unboil::TemplateStats::read(&text).expect("statistics").hosts(), 2);
        }
        let reading = unboil::input::Reading::default();
        let found: std::collections::BTreeSet<_> = seeds::streams(&documents[..3])
            .iter()
            .map(|stream| unboil::input::Records::new(&stream[..], &reading).filter(Result::is_ok).count())
            .collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn what_once_broke_something_breaks_nothing_more() {
        for target in TARGETS {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crashes").join(target.name);
            for file in std::fs::read_dir(folder).into_iter().flatten() {
                let path = file.expect("a file").path();
                let input = std::fs::read(&path).expect("a crash");
                assert_eq!((target.check)(&input), Ok(()), "{}", path.display());
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_inputs() {
        let seeds = corpus();
        let inputs = |seed| {
            let mut mutator = Mutator::new(seed);
            (0..20).map(|_| mutator.next(&seeds)).collect::<Vec<_>>()
        };
        assert_eq!(inputs(3), inputs(3));
        assert_ne!(inputs(3), inputs(4));
    }
}
