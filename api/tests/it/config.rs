//! What is kept over a restart.

use crate::harness::TestApp;
use api::config::Config;
use std::collections::HashMap;

#[tokio::test]
async fn the_secret_is_kept_in_the_data_folder_and_only_the_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let app = TestApp::start().await;
    let folder = app.app.config.data_dir.clone();
    let mode = std::fs::metadata(folder.join("secret")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let env = HashMap::from([("DATA_DIR".to_owned(), folder.display().to_string())]);
    assert_eq!(Config::from_map(&env).unwrap().secret, app.app.config.secret);
}
