//! A payload that many subscribers get alike is resolved and written once, and not once for each of them.

use super::context::Request;
use crate::feed::Change;
use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value};
use async_graphql_value::RAW_VALUE_TOKEN;
use std::borrow::Cow;
use std::sync::Arc;

/// What a subscription asks for, in the client's own words: document, operation name and variables.
#[derive(Clone)]
pub struct Asked(pub Arc<str>);

/// A payload made from a change, which remembers what those were told who asked alike.
///
/// Shared is only what no resolver has asked the caller for: whatever differs between two people goes by
/// [`Request::caller`], which marks the payload as the caller's own.
pub(super) struct Once<T> {
    payload: T,
    change: Option<Change>,
}

impl<T> Once<T> {
    /// For everybody who gets this payload of the change.
    pub(super) fn shared(payload: T, change: &Change) -> Self {
        Self { payload, change: Some(change.clone()) }
    }

    /// For one subscriber.
    pub(super) fn alone(payload: T) -> Self {
        Self { payload, change: None }
    }
}

impl<T: OutputType> OutputType for Once<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let told = self.change.as_ref().and_then(Change::told);
        let (Some(told), Some(Asked(asked))) = (told, ctx.data_opt::<Asked>()) else {
            return self.payload.resolve(ctx, field).await;
        };
        if let Some(text) = told.get(asked) {
            return Ok(raw(&text));
        }
        let errors = || ctx.query_env.errors.lock().map_or(usize::MAX, |errors| errors.len());
        let (request, before) = (ctx.data_unchecked::<Request>(), errors());
        request.forget_asked();
        let value = self.payload.resolve(ctx, field).await?;
        if !request.was_asked()
            && errors() == before
            && let Ok(text) = serde_json::to_string(&value)
        {
            told.keep(Arc::clone(asked), text.into());
        }
        Ok(value)
    }
}

/// Written JSON as a part of a response.
fn raw(text: &str) -> Value {
    Value::Object([(Name::new(RAW_VALUE_TOKEN), Value::String(text.to_owned()))].into_iter().collect())
}
