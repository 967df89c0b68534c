"""Scripts that tests add to a page before its own scripts run, or evaluate in it."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
PROBE = _HERE / "probe.js"
RELAY_ONLY = _HERE / "relay_only.js"
UNRELIABLE_SIGNALING = _HERE / "unreliable_signaling.js"
RECORD_ANIMATIONS = _HERE / "record_animations.js"
REACHABILITY = _HERE / "reachability.js"
AUDIO_ELEMENTS = _HERE / "audio_elements.js"
MISADDRESS_CHAT = _HERE / "misaddress_chat.js"
UNTRANSLATED = _HERE / "untranslated.js"
FLOOD = _HERE / "flood.js"
FLOOD_SIGNALS = _HERE / "flood_signals.js"
WORK_METER = _HERE / "work_meter.js"
