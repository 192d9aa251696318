"""The SFU: takes what publishers send, once, and hands it unchanged to every viewer."""
