/* zlib can end a part of a stream, but packs worse in the same time than libdeflate, which can't; so the last bit of what
 * libdeflate writes is looked for here. To read only the codes takes a fifth of the time of packing. */
#include "output/deflate.h"

#include <stdlib.h>

#include <libdeflate.h>
#ifdef PM_ISAL
#include <isa-l.h>
#endif

#include "base/arena.h"
#include "base/banned.h"

enum { FAST = 1 };
enum { STORED, FIXED, DYNAMIC }; /* types of blocks */
enum { LITERALS = 288, DISTANCES = 32, LENGTH_CODES = 19, END_OF_BLOCK = 256 };
enum { MOST_BITS = 15, QUICK_BITS = 10 };

/* ---- reading codes --------------------------------------------------------------------------------- */

struct bits {
    const uint8_t *bytes;
    size_t count, at; /* in bits */
};

/* A Huffman code, in canonical order. */
struct code {
    uint16_t
        quick[1 << QUICK_BITS]; /* by the next bits: symbol << 4 | its length; 0 if it is longer */
    uint16_t counts[MOST_BITS + 1]; /* of symbols, by length */
    uint16_t symbols[LITERALS];
};

/* The next 57 bits at least, the first of them the lowest; zeros behind the end. */
static uint64_t peek(const struct bits *bits)
{
    size_t at = bits->at / 8, size = bits->count / 8;
    uint64_t next = 0;
    if (at + sizeof next <= size)
        memcpy(&next, bits->bytes + at, sizeof next);
    else if (at < size)
        memcpy(&next, bits->bytes + at, size - at);
    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
        next = __builtin_bswap64(next);
    return next >> bits->at % 8;
}

static unsigned take(struct bits *bits, unsigned count)
{
    unsigned taken = (unsigned)(peek(bits) & ((1U << count) - 1));
    bits->at += count;
    return taken;
}

static unsigned reversed(unsigned word, unsigned length)
{
    unsigned out = 0;
    for (; length; length--, word >>= 1)
        out = out << 1 | (word & 1);
    return out;
}

/* RFC 1951, 3.2.2. */
static void make_code(struct code *code, const uint8_t *lengths, unsigned count)
{
    unsigned starts[MOST_BITS + 2] = {0}, word = 0, at = 0;
    memset(code, 0, sizeof *code);
    for (unsigned i = 0; i < count; i++)
        code->counts[lengths[i]]++;
    code->counts[0] = 0;
    for (unsigned length = 1; length <= MOST_BITS; length++)
        starts[length + 1] = starts[length] + code->counts[length];
    for (unsigned i = 0; i < count; i++)
        if (lengths[i])
            code->symbols[starts[lengths[i]]++] = (uint16_t)i;
    for (unsigned length = 1; length <= QUICK_BITS; length++, word <<= 1)
        for (unsigned i = 0; i < code->counts[length]; i++, at++, word++)
            for (unsigned k = reversed(word, length); k < 1 << QUICK_BITS; k += 1U << length)
                code->quick[k] = (uint16_t)((unsigned)code->symbols[at] << 4 | length);
}

/* symbol << 4 | its length, of a symbol that has more than QUICK_BITS, or is none: 0. */
static unsigned find_long(const struct code *code, uint64_t next)
{
    unsigned word = 0, first = 0, at = 0;
    for (unsigned length = 1; length <= MOST_BITS; length++, next >>= 1) {
        unsigned count = code->counts[length];
        word = word << 1 | (unsigned)(next & 1);
        if (word >= first && word - first < count)
            return (unsigned)code->symbols[at + word - first] << 4 | length;
        at += count;
        first = (first + count) << 1;
    }
    return 0;
}

static unsigned find(const struct code *code, uint64_t next)
{
    unsigned found = code->quick[next & ((1U << QUICK_BITS) - 1)];
    return found ? found : find_long(code, next);
}

/* Moves behind the block's last symbol. False if it has none. */
static bool skip_symbols(struct bits *bits, const struct code *literals,
                         const struct code *distances)
{
    while (bits->at < bits->count) {
        uint64_t next = peek(bits);
        unsigned found = find(literals, next), length = found & 15, symbol = found >> 4;
        if (!found)
            return false;
        if (symbol > END_OF_BLOCK) { /* 3.2.5: a length and a distance, each with bits of its own */
            unsigned of_length = symbol - END_OF_BLOCK - 1;
            length += of_length < 8 || of_length == 28 ? 0 : of_length / 4 - 1;
            found = find(distances, next >> length);
            length += (found & 15) + (found >> 4 < 4 ? 0 : (found >> 4) / 2 - 1);
            if (!found)
                return false;
        }
        bits->at += length;
        if (symbol == END_OF_BLOCK)
            return true;
    }
    return false;
}

/* Lengths of codes, themselves coded; 3.2.7. */
static bool read_lengths(struct bits *bits, const struct code *code, uint8_t *lengths,
                         unsigned count)
{
    for (unsigned at = 0; at < count;) {
        unsigned found = find(code, peek(bits)), symbol = found >> 4, times = 1;
        uint8_t length = symbol < 16 ? (uint8_t)symbol : 0;
        bits->at += found & 15;
        if (symbol == 16) {
            if (at == 0)
                return false;
            length = lengths[at - 1];
        }
        if (symbol >= 16)
            times = symbol == 16   ? 3 + take(bits, 2)
                    : symbol == 17 ? 3 + take(bits, 3)
                                   : 11 + take(bits, 7);
        if (!found || times > count - at)
            return false;
        memset(lengths + at, length, times);
        at += times;
    }
    return true;
}

static bool skip_dynamic(struct bits *bits)
{
    static const uint8_t order[LENGTH_CODES] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                11, 4,  12, 3, 13, 2, 14, 1, 15};
    struct code literals, distances;
    uint8_t lengths[LITERALS + DISTANCES] = {0};
    unsigned literal_count = 257 + take(bits, 5), distance_count = 1 + take(bits, 5);
    unsigned count = 4 + take(bits, 4);
    for (unsigned i = 0; i < count; i++)
        lengths[order[i]] = (uint8_t)take(bits, 3);
    make_code(&literals, lengths, LENGTH_CODES);
    if (literal_count > LITERALS ||
        !read_lengths(bits, &literals, lengths, literal_count + distance_count))
        return false;
    make_code(&literals, lengths, literal_count);
    make_code(&distances, lengths + literal_count, distance_count);
    return skip_symbols(bits, &literals, &distances);
}

static bool skip_fixed(struct bits *bits)
{
    struct code literals, distances;
    uint8_t lengths[LITERALS];
    for (unsigned i = 0; i < LITERALS; i++)
        lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    make_code(&literals, lengths, LITERALS);
    memset(lengths, 5, DISTANCES);
    make_code(&distances, lengths, DISTANCES);
    return skip_symbols(bits, &literals, &distances);
}

static bool skip_stored(struct bits *bits)
{
    bits->at = (bits->at + 7) / 8 * 8;
    unsigned size = take(bits, 16), inverse = take(bits, 16);
    bits->at += 8 * (size_t)size;
    return (size ^ inverse) == 0xFFFF && bits->at <= bits->count;
}

static bool skip_block(struct bits *bits)
{
    switch (take(bits, 2)) {
    case STORED:
        return skip_stored(bits);
    case FIXED:
        return skip_fixed(bits);
    case DYNAMIC:
        return skip_dynamic(bits);
    default:
        return false;
    }
}

/* Appends an empty stored block, whose header of three bits `used` bits of the last byte leave room for or not. */
static void add_empty_block(struct pm_str *out, size_t used)
{
    static const char header[] = {0}, lengths[] = {0, 0, '\xFF', '\xFF'};
    if (used == 0 || used > 5)
        pm_str_addn(out, header, sizeof header);
    pm_str_addn(out, lengths, sizeof lengths);
}

bool pm_deflate_open(struct pm_str *stream, size_t start)
{
    struct bits bits = {(const uint8_t *)stream->s + start, 8 * (stream->n - start), 0};
    size_t last;
    bool is_last;
    do {
        last = bits.at;
        is_last = take(&bits, 1);
        if (!skip_block(&bits) || bits.at > bits.count)
            return false;
    } while (!is_last);
    if ((bits.at + 7) / 8 != bits.count / 8)
        return false;
    stream->s[start + last / 8] &= (char)~(1U << last % 8);
    if (bits.at % 8)
        stream->s[stream->n - 1] &= (char)((1U << bits.at % 8) - 1); /* the header's room */
    add_empty_block(stream, bits.at % 8);
    return true;
}

/* ---- packing --------------------------------------------------------------------------------------- */

struct pm_deflater {
    int level;
    struct libdeflate_compressor *compressor; /* NULL until it is needed */
};

struct pm_deflater *pm_deflater_new(int level)
{
    struct pm_deflater *deflater = pm_xcalloc(1, sizeof *deflater);
    deflater->level = level;
    return deflater;
}

void pm_deflater_free(struct pm_deflater *deflater)
{
    if (deflater->compressor)
        libdeflate_free_compressor(deflater->compressor);
    free(deflater);
}

/* False if that is not to be had here. With ISA-L's level 0 and codes made for the part: the output of its higher levels
 * (2.30) follows from where the stream lies in memory, one time in some hundreds. */
static bool pack_fast(struct pm_str *out, const char *bytes, size_t size)
{
#ifdef PM_ISAL
    /* no byte becomes more than nine bits and its share of the headers */
    size_t most = size + size / 4 + 4096;
    if (most > INT32_MAX)
        return false;
    struct isal_huff_histogram histogram = {0};
    struct isal_hufftables codes;
    struct isal_zstream stream;
    uint8_t *from = (uint8_t *)(uintptr_t)bytes;
    isal_update_histogram(from, (int)size, &histogram);
    isal_deflate_init(&stream);
    if (isal_create_hufftables(&codes, &histogram) != 0 ||
        isal_deflate_set_hufftables(&stream, &codes, IGZIP_HUFFTABLE_CUSTOM) != COMP_OK)
        return false;
    pm_str_reserve(out, most);
    stream.next_in = from;
    stream.avail_in = (uint32_t)size;
    stream.next_out = (uint8_t *)out->s + out->n;
    stream.avail_out = (uint32_t)most;
    stream.flush = FULL_FLUSH;
    bool good = isal_deflate(&stream) == COMP_OK && stream.avail_in == 0 && stream.avail_out > 0;
    out->n += good ? stream.total_out : 0;
    return good;
#else
    (void)out, (void)bytes, (void)size;
    return false;
#endif
}

void pm_deflate_part(struct pm_deflater *deflater, const char *bytes, size_t size,
                     struct pm_str *out)
{
    size_t start = out->n;
    if (deflater->level == FAST && pack_fast(out, bytes, size))
        return;
    if (!deflater->compressor)
        deflater->compressor = libdeflate_alloc_compressor(deflater->level);
    if (!deflater->compressor)
        pm_out_of_memory();
    size_t most = libdeflate_deflate_compress_bound(deflater->compressor, size);
    pm_str_reserve(out, most);
    out->n += libdeflate_deflate_compress(deflater->compressor, bytes, size, out->s + out->n, most);
    if (!pm_deflate_open(out, start))
        abort(); /* no bug of ours may become a picture that can't be read */
}

void pm_deflate_end(struct pm_str *out)
{
    static const char empty[] = {1 | FIXED << 1, 0}; /* the last block; 256 is seven zeros */
    pm_str_addn(out, empty, sizeof empty);
}

/* The sum of sums grows by the first sum with every byte of the second. */
uint32_t pm_adler32_join(uint32_t first, uint32_t second, size_t second_size)
{
    enum { BASE = 65521 };
    uint64_t sum = (first & 0xFFFF) + (second & 0xFFFF) + BASE - 1;
    uint64_t sums = (first >> 16) + (second >> 16) +
                    second_size % BASE * ((first & 0xFFFF) + (uint64_t)BASE - 1);
    return (uint32_t)(sums % BASE << 16 | sum % BASE);
}
