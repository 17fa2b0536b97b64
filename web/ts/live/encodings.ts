/** How each source is encoded: the figures of the room's picture and sound. */
import type { types } from "mediasoup-client";
import type { Source } from "./messages";

type Options = Pick<types.ProducerOptions, "encodings" | "codecOptions" | "codec">;

/** Three sizes of the camera, of which the server picks one per viewer. */
const CAMERA_LAYERS: types.RtpEncodingParameters[] = [
  { scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: "L1T3" },
  { scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: "L1T3" },
  { scaleResolutionDownBy: 1, maxBitrate: 1_200_000, scalabilityMode: "L1T3" },
];

export function encoding(source: Source, device: types.Device): Options {
  switch (source) {
    case "microphone":
      return { codecOptions: { opusDtx: true, opusFec: true, opusStereo: false } };
    case "screenAudio":
      return { codecOptions: { opusDtx: false, opusFec: true, opusStereo: true } };
    case "camera":
      return { encodings: CAMERA_LAYERS, codecOptions: { videoGoogleStartBitrate: 1000 }, ...vp8(device) };
    case "screen":
      return {
        // Enough for text at 1920×1080; what stands still needs next to nothing of it.
        encodings: [{ maxBitrate: 3_000_000 }],
        codecOptions: { videoGoogleStartBitrate: 1500 },
        ...vp8(device),
      };
  }
}

/** On a slow network or computer a screen has fewer pictures a second, and each of them can be read. */
export function keepSharp(sender: RTCRtpSender): void {
  const parameters = sender.getParameters() as RTCRtpSendParameters & { degradationPreference?: string };
  parameters.degradationPreference = "maintain-resolution";
  // Browsers that do not know it decide by the track's `contentHint`.
  sender.setParameters(parameters).catch(() => undefined);
}

/** VP8 where both sides have it, since simulcast works with it everywhere; else what the device prefers. */
function vp8(device: types.Device): Pick<types.ProducerOptions, "codec"> {
  const codec = device.sendRtpCapabilities.codecs?.find((codec) => codec.mimeType.toLowerCase() === "video/vp8");
  return codec ? { codec } : {};
}
