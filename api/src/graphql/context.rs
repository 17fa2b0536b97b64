//! What a resolver knows of the request: who asks, from where, over what.

use super::loaders::Loaders;
use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::ops::admission::Link;
use async_graphql::dataloader::DataLoader;
use async_graphql::{Context, ID};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The edge puts one into every request.
pub struct Request {
    caller: AsNow,
    /// A resolver wanted to know who the caller is, so that its answer is for nobody else.
    asked: AtomicBool,
    pub from: IpAddr,
    pub via: Via,
    pub loaders: DataLoader<Loaders>,
}

/// The caller as they stand now. Another one once the request signed somebody in, so that its answer is what they see,
/// and while a subscription lasts whenever their rights change: clones are the same.
#[derive(Clone)]
pub(super) struct AsNow(Arc<Mutex<Arc<Caller>>>);

impl AsNow {
    pub(super) fn get(&self) -> Arc<Caller> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn set(&self, caller: Arc<Caller>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = caller;
    }
}

/// Over what a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// `https` when the page came encrypted: then cookies are for that only.
    Http { https: bool },
    /// Cannot set cookies.
    Socket,
}

/// Set by a subscription that fell behind: its socket is closed, and the client starts over.
#[derive(Clone, Default)]
pub struct Lagged(pub Arc<AtomicBool>);

impl Request {
    pub fn new(app: &Arc<App>, caller: Arc<Caller>, from: IpAddr, via: Via) -> Self {
        let loaders = DataLoader::new(Loaders { app: Arc::clone(app) }, tokio::spawn);
        Self { caller: AsNow(Arc::new(Mutex::new(caller))), asked: AtomicBool::new(false), from, via, loaders }
    }

    /// Whether cookies of the answer are for https only.
    pub(super) fn is_https(&self) -> bool {
        self.via == Via::Http { https: true }
    }

    pub fn caller(&self) -> Arc<Caller> {
        self.asked.store(true, Ordering::Relaxed);
        self.caller.get()
    }

    pub(super) fn forget_asked(&self) {
        self.asked.store(false, Ordering::Relaxed);
    }

    /// Whether who the caller is was asked since `forget_asked`.
    pub(super) fn was_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    pub(super) fn caller_as_now(&self) -> AsNow {
        self.caller.clone()
    }
}

/// Shortcuts for resolvers.
pub(super) trait Ask<'a> {
    fn app(&self) -> &'a Arc<App>;
    fn request(&self) -> &'a Request;

    fn caller(&self) -> Arc<Caller> {
        self.request().caller()
    }

    /// The secret part of a link, with from where it came.
    fn link(&self, token: String) -> Link {
        Link { token, from: self.request().from }
    }

    fn loaders(&self) -> &'a DataLoader<Loaders> {
        &self.request().loaders
    }
}

impl<'a> Ask<'a> for Context<'a> {
    fn app(&self) -> &'a Arc<App> {
        self.data_unchecked()
    }

    fn request(&self) -> &'a Request {
        self.data_unchecked()
    }
}

/// The id, or the answer for one that does not exist.
pub(super) fn parse<I: Id>(id: &ID, what: &'static str) -> Result<I> {
    I::parse(id).ok_or(Error::NotFound(what))
}
