//! Which pictures a browser receives, and how large: those that it shows, as large as their tiles (E4, H4).

use super::{Failure, MemberMedia, internal};
use futures_util::future::join_all;
use mediasoup::prelude::*;
use protocol::signalling::Receiving;
use std::collections::HashMap;

/// The largest layer of a camera.
const LARGEST: u8 = 2;

/// Every layer comes in three rates of pictures; which of them arrives, the receiver's network decides.
const ALL_PICTURES: u8 = 2;

/// Above 1, which everything else has.
const SCREEN_PRIORITY: u8 = 4;

/// On a narrow network a shared screen goes before the cameras.
pub(super) async fn prefer(consumer: &Consumer) {
    if let Err(error) = consumer.set_priority(SCREEN_PRIORITY).await {
        tracing::debug!(%error, "a screen has no priority");
    }
}

impl MemberMedia {
    /// Sends the pictures that are shown, and pauses those that are not. What is as it should be costs the worker nothing.
    pub async fn set_receiving(&self, wanted: &[Receiving]) -> Result<(), Failure> {
        let mut once = HashMap::new();
        for one in wanted {
            once.entry(one.consumer.as_str()).or_insert(one.layer);
        }
        let pictures = once.into_iter().filter_map(|(id, layer)| {
            let consumer = self.consumers.get(id)?;
            (consumer.kind() == MediaKind::Video).then(|| receive(consumer, layer))
        });
        let done = join_all(pictures).await;
        done.into_iter().collect::<Result<(), _>>().map_err(internal)
    }
}

async fn receive(consumer: &Consumer, layer: Option<u8>) -> Result<(), mediasoup::worker::RequestError> {
    let Some(layer) = layer else {
        return if consumer.paused() { Ok(()) } else { consumer.pause().await };
    };
    let layers = ConsumerLayers { spatial_layer: layer.min(LARGEST), temporal_layer: Some(ALL_PICTURES) };
    if consumer.r#type() == mediasoup::consumer::ConsumerType::Simulcast && !has(consumer, layers.spatial_layer) {
        // Before the picture flows, so that its first one has the right size.
        consumer.set_preferred_layers(layers).await?;
    }
    if consumer.paused() { consumer.resume().await } else { Ok(()) }
}

fn has(consumer: &Consumer, layer: u8) -> bool {
    consumer.preferred_layers().is_some_and(|layers| layers.spatial_layer == layer)
}

#[cfg(test)]
mod tests;
