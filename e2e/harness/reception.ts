// What the open connections of a page receive: the size of the picture, how much of it, and whether the sound has gaps.
import type { Page } from "@playwright/test";

export type Reception = {
  /** Of the widest picture. */
  width: number;
  frames: number;
  videoBytes: number;
  audioBytes: number;
  /** Samples of sound, and those among them that were made up because packets were missing. */
  samples: number;
  concealed: number;
  /** How packets come, such as "udp host" or "tcp host"; one for each connection. */
  ways: string[];
};

export function reception(page: Page): Promise<Reception> {
  return page.evaluate(async () => {
    const sum = { width: 0, frames: 0, videoBytes: 0, audioBytes: 0, samples: 0, concealed: 0, ways: [] as string[] };
    for (const connection of window.peerConnections) {
      if (connection.connectionState === "closed") continue;
      const stats = await connection.getStats();
      for (const report of stats.values()) {
        if (report.type === "inbound-rtp" && report.kind === "video") {
          sum.width = Math.max(sum.width, report.frameWidth ?? 0);
          sum.frames += report.framesDecoded ?? 0;
          sum.videoBytes += report.bytesReceived ?? 0;
        }
        if (report.type === "inbound-rtp" && report.kind === "audio") {
          sum.audioBytes += report.bytesReceived ?? 0;
          sum.samples += report.totalSamplesReceived ?? 0;
          // Silence that nobody sent is no gap.
          sum.concealed += (report.concealedSamples ?? 0) - (report.silentConcealedSamples ?? 0);
        }
        if (report.type === "transport" && report.selectedCandidatePairId) {
          const local = stats.get(stats.get(report.selectedCandidatePairId)?.localCandidateId);
          if (local) sum.ways.push(`${local.protocol} ${local.candidateType}`);
        }
      }
    }
    return sum;
  });
}
