//! The folder in which a file is made: beside it, so that the whole one gets its name in an instant, and gone with who made it.

use crate::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

pub struct Workshop {
    folder: PathBuf,
    output: PathBuf,
}

impl Workshop {
    pub fn beside(output: &Path) -> Result<Self, Error> {
        let output = std::path::absolute(output).map_err(|error| Error::writing("the file", &error))?;
        let mut name = std::ffi::OsString::from(".");
        name.push(output.file_name().unwrap_or_default());
        name.push(".making");
        let folder = output.with_file_name(name);
        // What an earlier attempt left that was killed.
        let _nothing = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|error| Error::writing("the folder for the file", &error))?;
        Ok(Self { folder, output })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Gives a file that is whole its name, and says how many bytes it has.
    pub fn deliver(&self, made: &str) -> Result<u64, Error> {
        let made = self.folder.join(made);
        let deliver = || {
            let file = fs::File::open(&made)?;
            // A crash of the machine must not leave the name of a file without the file.
            file.sync_all()?;
            fs::rename(&made, &self.output)?;
            Ok(file.metadata()?.len())
        };
        deliver().map_err(|error: std::io::Error| Error::writing("the file", &error))
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            tracing::warn!(folder = %self.folder.display(), %error, "what a render left cannot be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn only_a_whole_file_gets_the_name_and_nothing_else_stays() {
        let folder = TempDir::new().unwrap();
        let output = folder.path().join("a.mp4");
        fs::write(&output, "old").unwrap();
        drop(Workshop::beside(&output).unwrap());
        assert_eq!(fs::read_to_string(&output).unwrap(), "old");
        let workshop = Workshop::beside(&output).unwrap();
        fs::write(workshop.folder().join("made"), "newer").unwrap();
        assert_eq!(workshop.deliver("made").unwrap(), 5);
        drop(workshop);
        assert_eq!(fs::read_to_string(&output).unwrap(), "newer");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_killed_attempt_left_is_in_nobodys_way() {
        let folder = TempDir::new().unwrap();
        let output = folder.path().join("a.mp4");
        std::mem::forget(Workshop::beside(&output).unwrap());
        assert!(Workshop::beside(&output).is_ok());
    }
}
