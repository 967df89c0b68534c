"""Synthesizes a voice for fake microphones: the browser's own beep is too short for the voice detection."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 16_000
SECONDS = 3
PITCH = 130.0  # Hz
SYLLABLES = 4.0  # a second
HARMONICS = range(1, 9)
LOUDNESS = 9_000


def write_voice(path: Path) -> Path:
    samples = [round(LOUDNESS * _syllable(n / RATE) * _tone(n / RATE)) for n in range(RATE * SECONDS)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return path


def _syllable(time: float) -> float:
    """Loud and soft by turns, as speech is; an even tone would be filtered out as a noise."""
    return math.sin(math.pi * SYLLABLES * time) ** 2


def _tone(time: float) -> float:
    pitch = PITCH * (1 + 0.1 * math.sin(2 * math.pi * time))
    return sum(math.sin(2 * math.pi * pitch * n * time) / n for n in HARMONICS) / 2
