//! Which files and folders of an output directory the outputs of a run take: no input, nothing among the inputs that are
//! read from a directory, and nothing twice.
//!
//! An input claims its place before anything is written of it, so that whatever stands there is of an earlier run, and
//! a collision is told once an input.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::inputs::{Input, Names, Root};
use super::reader::Target;

/// The claims of the inputs so far.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    /// The inputs that are named, and the directories that are read, by where they really are.
    inputs: BTreeSet<PathBuf>,
    /// Whose output a file or a folder holds.
    taken: BTreeMap<PathBuf, PathBuf>,
}

impl Claims {
    /// The claims on a directory, before the first one, and the names again: all of them are read, since the last of a
    /// list may be what the first would overwrite.
    ///
    /// # Errors
    /// In one line, where the directory is one that is read: then outputs would be read as well.
    pub(crate) fn on(folder: &Path, names: Names, root: Root) -> Result<(Self, Names), String> {
        let output = whereabouts(folder);
        let names: Vec<_> = names.collect();
        let mut inputs = BTreeSet::new();
        for input in names.iter().flatten() {
            let Ok(place) = fs::canonicalize(&input.path) else { continue };
            let is_read = root.is_opened(&input.path);
            if is_read && output.as_ref() == Some(&place) {
                let what = "the outputs would stand among the inputs, and overwrite some";
                return Err(format!("-o {}: {what}", input.path.display()));
            }
            // An output directory below the one that is read is passed over there.
            let is_above = output.as_ref().is_some_and(|output| output.starts_with(&place));
            if place.is_file() || is_read && !is_above {
                inputs.insert(place);
            }
        }
        Ok((Self { inputs, taken: BTreeMap::new() }, Box::new(names.into_iter())))
    }

    /// Takes the place of an output.
    ///
    /// # Errors
    /// Why an input cannot have it.
    pub(crate) fn claim(&mut self, target: &Target, input: &Input) -> Result<(), String> {
        let path = target.path();
        let Some(place) = whereabouts(path) else { return Ok(()) };
        if let Some(first) = self.holder(&place) {
            return Err(format!("{} already holds the output of {}", path.display(), first.display()));
        }
        if let Some(there) = place.ancestors().find(|above| self.inputs.contains(*above)) {
            return Err(match fs::canonicalize(&input.path) {
                Ok(own) if own == there => "its output would overwrite it".to_owned(),
                _ if place == there => format!("its output would overwrite the input {}", path.display()),
                _ => format!("its output {} would stand among the inputs", path.display()),
            });
        }
        if matches!(target, Target::Folder(_)) && place.is_file() {
            return Err(format!("{}, where its documents would go, is a file", path.display()));
        }
        self.taken.insert(place, input.path.clone());
        Ok(())
    }

    /// The input whose output stands at a place, around it, or in it.
    fn holder(&self, place: &Path) -> Option<&PathBuf> {
        let around = place.ancestors().find_map(|above| self.taken.get(above));
        let within = || self.taken.range(place.to_owned()..).next().filter(|(taken, _)| taken.starts_with(place));
        around.or_else(|| within().map(|(_, first)| first))
    }
}

/// Where a file really is, or will be: its folder may not be there yet.
pub(super) fn whereabouts(path: &Path) -> Option<PathBuf> {
    path.ancestors().find_map(|there| {
        let rest = path.strip_prefix(there).ok()?;
        let there = if there.as_os_str().is_empty() { Path::new(".") } else { there };
        // Joined with nothing, the name of a file would end like that of a directory.
        fs::canonicalize(there).ok().map(|there| if rest.as_os_str().is_empty() { there } else { there.join(rest) })
    })
}
