/* Integers of either byte order out of a file's bytes. */
#ifndef PM_INPUT_BYTES_H
#define PM_INPUT_BYTES_H

#include <stdint.h>

static inline uint32_t pm_be32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint32_t pm_le32(const unsigned char *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static inline uint32_t pm_le16(const unsigned char *p)
{
    return (uint32_t)p[1] << 8 | p[0];
}

static inline void pm_put_be32(unsigned char *p, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        p[i] = (unsigned char)(value >> (24 - 8 * i));
}

#endif
