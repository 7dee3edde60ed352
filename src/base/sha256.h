/* SHA-256 (FIPS 180-4), for what a page of HTML may run. */
#ifndef PM_BASE_SHA256_H
#define PM_BASE_SHA256_H

#include "base/str.h"

/* Appends the digest of `size` bytes in base64, as a content security policy has it. */
void pm_sha256_base64(const void *data, size_t size, struct pm_str *out);

#endif
