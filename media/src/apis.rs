//! The apis of this node, and which of them have welcomed it.

use tokio::sync::watch;

pub struct Apis {
    /// Where each takes links.
    urls: Vec<String>,
    /// Whether each has welcomed this node, on a link that is open.
    linked: watch::Sender<Vec<bool>>,
}

impl Apis {
    pub fn new(urls: Vec<String>) -> Self {
        let linked = watch::channel(vec![false; urls.len()]).0;
        Self { urls, linked }
    }

    pub fn urls(&self) -> &[String] {
        &self.urls
    }

    pub fn set(&self, number: usize, linked: bool) {
        self.linked.send_if_modified(|all| std::mem::replace(&mut all[number], linked) != linked);
    }

    pub fn is_any_linked(&self) -> bool {
        self.linked.borrow().contains(&true)
    }

    /// Tells when a link is made or breaks.
    pub fn watch(&self) -> watch::Receiver<Vec<bool>> {
        self.linked.subscribe()
    }

    /// The link address of the first api that is there, as soon as one is.
    pub async fn first(&self) -> String {
        let mut linked = self.watch();
        loop {
            let first = linked.borrow_and_update().iter().position(|linked| *linked);
            if let Some(number) = first {
                return self.urls[number].clone();
            }
            if linked.changed().await.is_err() {
                return std::future::pending().await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_first_that_is_there_is_taken() {
        let apis = Apis::new(vec!["a".into(), "b".into()]);
        assert!(!apis.is_any_linked());
        apis.set(1, true);
        assert_eq!(apis.first().await, "b");
        apis.set(0, true);
        assert_eq!(apis.first().await, "a");
        apis.set(0, false);
        assert_eq!(apis.first().await, "b");
        assert!(apis.is_any_linked());
    }
}
