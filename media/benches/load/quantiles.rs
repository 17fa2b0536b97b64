//! The middle and the end of many times.

use serde_json::{Value, json};
use std::time::Duration;

/// In milliseconds.
pub struct Quantiles {
    pub p50: f64,
    pub p95: f64,
    pub most: f64,
}

impl Quantiles {
    pub fn of(times: impl Iterator<Item = Duration>) -> Self {
        let mut times: Vec<f64> = times.map(|time| time.as_secs_f64() * 1000.0).collect();
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times.get((times.len().saturating_sub(1) as f64 * share) as usize).copied();
        let at = |share| at(share).unwrap_or(f64::NAN);
        Self { p50: at(0.5), p95: at(0.95), most: at(1.0) }
    }

    pub fn json(&self) -> Value {
        json!({"p50": self.p50.round(), "p95": self.p95.round(), "max": self.most.round()})
    }
}
