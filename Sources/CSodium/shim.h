// Debian's libsodium-dev: argon2id password hashes (crypto_pwhash_str).
#include <sodium.h>
