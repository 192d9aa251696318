"""The demo's people: real WebSocket and WebRTC clients that make an evening live."""
