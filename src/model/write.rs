//! Writes model files: what [`super::format`] reads. Only crates/lab and the tests have models to write.

use super::format::{MAGIC, ModelParts, VERSION};

impl ModelParts {
    /// Writes a model file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend(self.features_hash.to_le_bytes());
        out.extend(self.features.to_le_bytes());
        write_text(&mut out, &self.label);
        let aims = self.aims.iter().flat_map(|aim| [aim.article_beta, aim.mixed_beta, aim.floor]);
        aims.for_each(|number| out.extend(number.to_le_bytes()));
        out.extend((self.confidence.len() as u32).to_le_bytes());
        let knots = self.confidence.iter().flat_map(|(expected, measured)| [*expected, *measured]);
        knots.for_each(|number| out.extend(number.to_le_bytes()));
        out.extend((self.lexicon.len() as u32).to_le_bytes());
        out.extend(self.lexicon.as_flattened());
        out.extend((self.wording.len() as u32).to_le_bytes());
        out.extend(self.wording.as_flattened());
        out.extend((self.ensembles.len() as u32).to_le_bytes());
        for (name, ensemble) in &self.ensembles {
            write_text(&mut out, name);
            out.extend(ensemble.base().to_le_bytes());
            out.extend((ensemble.trees().len() as u32).to_le_bytes());
            for tree in ensemble.trees() {
                out.extend((tree.len() as u32).to_le_bytes());
                out.extend(tree.as_flattened());
            }
        }
        out
    }
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u32).to_le_bytes());
    out.extend(text.as_bytes());
}
