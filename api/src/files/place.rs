//! Where files are kept: a folder, or a bucket.

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore};
use std::collections::HashMap;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// A bucket that says nothing for so long is not there; how long a large file takes in all does not matter.
const SILENCE: Duration = Duration::from_secs(30);

/// What programs for S3 take their settings from.
const SETTINGS: &str = "AWS_";

#[derive(Clone)]
pub enum Place {
    Folder(PathBuf),
    Bucket {
        name: String,
        /// What stands before the names of our files.
        prefix: String,
        /// Keys and the like.
        settings: Vec<(AmazonS3ConfigKey, String)>,
    },
}

impl Place {
    /// What `FILES_URL` says, with the settings for it in `env`; without it a folder of the data.
    pub fn configured(url: Option<&str>, env: &HashMap<String, String>, data_dir: &Path) -> Result<Self, String> {
        let Some(text) = url else { return Ok(Self::Folder(data_dir.join("files"))) };
        let wrong = "FILES_URL must be like s3://bucket or s3://bucket/folder; keys stand in AWS_ACCESS_KEY_ID and \
                     AWS_SECRET_ACCESS_KEY";
        // Whoever put a key into the address does not find it in a log.
        let url = Url::parse(text).map_err(|_error| wrong)?;
        let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
        let plain = plain && url.query().is_none() && url.fragment().is_none();
        match url.host_str() {
            Some(bucket) if url.scheme() == "s3" && plain => {
                let known = |(name, value): (&String, &String)| {
                    let key = name.starts_with(SETTINGS).then(|| name.to_ascii_lowercase().parse().ok())??;
                    Some((key, value.clone()))
                };
                Ok(Self::Bucket {
                    name: bucket.to_owned(),
                    prefix: url.path().trim_matches('/').to_owned(),
                    settings: env.iter().filter_map(known).collect(),
                })
            }
            _ => Err(wrong.into()),
        }
    }

    /// For messages; without secrets.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Folder(folder) => format!("the folder {}", folder.display()),
            Self::Bucket { name, .. } => format!("the bucket {name} of FILES_URL"),
        }
    }

    pub(super) fn open(&self) -> Result<Arc<dyn ObjectStore>, String> {
        match self {
            Self::Folder(folder) => open_folder(folder),
            Self::Bucket { name, prefix, settings } => {
                // The one that everything else here uses; it may be set already.
                let _ = rustls::crypto::ring::default_provider().install_default();
                let options = ClientOptions::new().with_timeout_disabled().with_read_timeout(SILENCE);
                let mut bucket = AmazonS3Builder::new().with_client_options(options);
                for (key, value) in settings {
                    bucket = bucket.with_config(*key, value);
                }
                let bucket = bucket.with_bucket_name(name).build().map_err(|error| error.to_string())?;
                Ok(Arc::new(PrefixStore::new(bucket, prefix.as_str())))
            }
        }
    }
}

fn open_folder(folder: &Path) -> Result<Arc<dyn ObjectStore>, String> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| error.to_string())?;
    remove_unfinished(&folder.join("recordings"));
    let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| error.to_string())?;
    // An empty folder is left behind otherwise. What was stored is safe also when the power fails: media deletes its own then.
    Ok(Arc::new(store.with_automatic_cleanup(true).with_fsync(true)))
}

/// What was coming in when an api ended: it comes again. `object_store` calls it by the name of the file, a `#` and a number.
fn remove_unfinished(folder: &Path) {
    let Ok(files) = std::fs::read_dir(folder) else { return };
    for file in files.flatten() {
        if file.file_name().to_string_lossy().contains('#') {
            let _ = std::fs::remove_file(file.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configured(url: &str, env: &[(&str, &str)]) -> Result<Place, String> {
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Place::configured(Some(url), &env, Path::new("data"))
    }

    #[test]
    fn a_bucket_is_named_by_its_address_and_opened_by_settings_beside_it() {
        let secret = ("AWS_SECRET_ACCESS_KEY", "hunter2");
        let place =
            configured("s3://bucket/some/folder/", &[secret, ("AWS_NONSENSE", "x"), ("HOME", "/root")]).unwrap();
        assert_eq!(place.describe(), "the bucket bucket of FILES_URL");
        let Place::Bucket { name, prefix, settings } = place else { panic!("no bucket") };
        assert_eq!((name.as_str(), prefix.as_str()), ("bucket", "some/folder"));
        assert_eq!(settings, [(AmazonS3ConfigKey::SecretAccessKey, "hunter2".to_owned())]);
    }

    #[test]
    fn an_address_of_no_bucket_is_refused_and_repeated_to_nobody() {
        for url in
            ["bucket", "https://hunter2.example.org", "s3://key:hunter2@bucket", "s3://bucket?key=hunter2", "s3://"]
        {
            let error = configured(url, &[]).err().unwrap();
            assert!(error.contains("FILES_URL") && !error.contains("hunter2"), "{url}: {error}");
        }
    }

    #[test]
    fn without_an_address_files_are_in_a_folder_of_the_data() {
        let place = Place::configured(None, &HashMap::new(), Path::new("data")).unwrap();
        assert!(matches!(place, Place::Folder(folder) if folder == Path::new("data/files")));
    }

    /// K5: what was coming in when the process ended is not kept for ever.
    #[test]
    fn k5_what_was_not_finished_is_gone_after_a_start() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("recordings");
        std::fs::create_dir(&folder).unwrap();
        for name in ["a.mp4", "b.mp4#1"] {
            std::fs::write(folder.join(name), "x").unwrap();
        }
        Place::Folder(data.path().to_owned()).open().unwrap();
        let left: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(left, ["a.mp4"]);
    }
}
