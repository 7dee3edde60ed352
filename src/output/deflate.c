/* Maps are areas of one colour with soft edges, and a general packer spends its time on the areas: it files
 * every byte of them. Here the rows are taken pixel by pixel. What comes next is looked for in few places: to the left
 * (an area goes on), above and beside that (edges run on), where the next two pixels were met last, and where the next
 * one was. Each place is asked once and the longest match is taken; nothing is looked up within a match.
 * That a single pixel is copied from far away sets it apart, too: an edge has the colours of other edges, and
 * three bytes are dearer than where they stood. So it takes a fifth of the time of libdeflate's levels 2 to 9,
 * and most maps are smaller.
 *
 * Tokens are collected, and each block of them gets its own Huffman codes. */
#include "output/deflate.h"

#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "base/vec.h"
#include "base/banned.h"

enum { LITERALS = 286, DISTANCES = 30, RUNS = 19, ALL = LITERALS + DISTANCES }; /* symbols */
enum { END = 256, LENGTHS = 257 }; /* the block's end; from here on lengths */
enum { LEAST_MATCH = 3, MOST_MATCH = 258, WINDOW = 1 << 15 };
enum { MOST_BITS = 15, MOST_RUN_BITS = 7 }; /* of a code */
enum { WORD = 8 };                          /* bytes that are read at once */
enum { HASH_BITS = 13, HASHES = 1 << HASH_BITS };
enum { TOKENS = 1 << 14 };                        /* a block */
enum { TOKEN_BYTES = 6, HEADER_BYTES = 1 << 10 }; /* at most, when written: 48 bits; codes */

/* A literal byte, or a match: its length in the upper half, its distance in the lower. */
typedef uint32_t token;

static size_t length_of(token t)
{
    return t >> 16;
}

static size_t distance_of(token t)
{
    return t & 0xFFFF;
}

/* Bits as they are written: the first of them lowest. */
struct code {
    uint32_t bits, count;
};

struct packer {
    const unsigned char *bytes;
    size_t size, length, pixel;
    unsigned one, two; /* bits of so many pixels, or of a match and two if those are shorter */
    uint32_t met_one[HASHES], met_two[HASHES]; /* by hash: where they were met last */
    token tokens[TOKENS];
    size_t count;
    struct pm_str *out;
    uint64_t bits; /* not written yet */
    unsigned bit_count;
};

/* ---- bits ---------------------------------------------------------------------------------------- */

static uint64_t little_endian(uint64_t word)
{
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? word : __builtin_bswap64(word);
}

/* At most 48; there has to be room for a word. */
static void put(struct packer *p, uint64_t bits, unsigned count)
{
    unsigned char *to = (unsigned char *)p->out->s + p->out->n;
    uint64_t all = p->bits | bits << p->bit_count;
    unsigned total = p->bit_count + count;
    uint64_t word = little_endian(all);
    memcpy(to, &word, WORD);
    p->out->n += total / 8;
    p->bits = all >> (total & ~7U);
    p->bit_count = total % 8;
}

static void put_code(struct packer *p, struct code code)
{
    put(p, code.bits, code.count);
}

/* ---- lengths and distances ------------------------------------------------------------------------- */

struct sort {
    unsigned symbol; /* the first is 0 */
    struct code extra;
};

/* RFC 1951, 3.2.5: symbols double in reach every `each` of them, after 2 * each of one value; v from 0. */
static struct sort sort_of(unsigned v, unsigned each_bits)
{
    unsigned each = 1U << each_bits;
    if (v < 2 * each)
        return (struct sort){v, {0, 0}};
    unsigned top = 31 - (unsigned)__builtin_clz(v), extra = top - each_bits;
    return (struct sort){(extra << each_bits) + (v >> extra), {v & ((1U << extra) - 1), extra}};
}

static struct sort sort_of_length(size_t length)
{
    if (length == MOST_MATCH)
        return (struct sort){LITERALS - LENGTHS - 1, {0, 0}};
    return sort_of((unsigned)length - LEAST_MATCH, 2);
}

static struct sort sort_of_distance(size_t distance)
{
    return sort_of((unsigned)distance - 1, 1);
}

/* ---- Huffman codes --------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* How many leaves of the tree lie at each depth; those below `most` are put there. `weights`: sorted; with
 * room for as many nodes. */
static void count_depths(uint32_t *weights, unsigned leaves, unsigned most, unsigned *at_depth)
{
    unsigned parents[2 * LITERALS], depths[2 * LITERALS];
    unsigned leaf = 0, node = leaves, root = 2 * leaves - 2;
    for (unsigned next = leaves; next <= root; next++) {
        weights[next] = 0;
        for (int i = 0; i < 2; i++) { /* the two lightest that have no parent */
            bool is_leaf = leaf < leaves && (node == next || weights[leaf] <= weights[node]);
            unsigned child = is_leaf ? leaf++ : node++;
            weights[next] += weights[child];
            parents[child] = next;
        }
    }
    depths[root] = 0;
    for (unsigned i = root; i-- > 0;) {
        depths[i] = depths[parents[i]] + 1;
        if (i < leaves)
            at_depth[depths[i] < most ? depths[i] : most]++;
    }
}

/* Makes a code of them again where leaves were put higher: one goes from the deepest level to below another that is
 * not there, until there is room for all. */
static void make_room(unsigned *at_depth, unsigned most)
{
    uint32_t taken = 0;
    for (unsigned depth = 1; depth <= most; depth++)
        taken += at_depth[depth] << (most - depth);
    for (; taken > 1U << most; taken--) {
        unsigned depth = most - 1;
        while (!at_depth[depth])
            depth--;
        at_depth[most]--;
        at_depth[depth]--;
        at_depth[depth + 1] += 2;
    }
}

/* Lengths of the symbols' codes, 0 for those that don't occur. A code of one symbol has one bit. */
static void measure_codes(const uint32_t *counts, unsigned symbols, unsigned most,
                          unsigned char *lengths)
{
    enum { SYMBOL_BITS = 9 };
    uint32_t used[LITERALS], weights[2 * LITERALS];
    unsigned n = 0, at_depth[MOST_BITS + 1] = {0};
    memset(lengths, 0, symbols);
    for (unsigned i = 0; i < symbols; i++)
        if (counts[i])
            used[n++] = counts[i] << SYMBOL_BITS | i;
    if (n < 2) {
        lengths[n ? used[0] & ((1U << SYMBOL_BITS) - 1) : 0] = 1;
        return;
    }
    qsort(used, n, sizeof *used, compare);
    for (unsigned i = 0; i < n; i++)
        weights[i] = used[i] >> SYMBOL_BITS;
    count_depths(weights, n, most, at_depth);
    make_room(at_depth, most);
    const uint32_t *next = used;
    for (unsigned depth = most; depth > 0; depth--)
        for (unsigned i = 0; i < at_depth[depth]; i++)
            lengths[*next++ & ((1U << SYMBOL_BITS) - 1)] = (unsigned char)depth;
}

static uint32_t reversed(uint32_t bits, unsigned count)
{
    uint32_t turned = 0;
    for (unsigned i = 0; i < count; i++)
        turned |= (bits >> i & 1) << (count - 1 - i);
    return turned;
}

/* RFC 1951, 3.2.2: codes follow from their lengths. */
static void make_codes(const unsigned char *lengths, unsigned symbols, struct code *codes)
{
    uint32_t next = 0;
    for (unsigned length = 1; length <= MOST_BITS; length++, next <<= 1)
        for (unsigned i = 0; i < symbols; i++)
            if (lengths[i] == length)
                codes[i] = (struct code){reversed(next++, length), length};
}

/* ---- blocks ---------------------------------------------------------------------------------------- */

/* The lengths of codes as runs. */
struct run {
    unsigned char symbol;
    struct code extra;
};

/* The next run of lengths, `left` of them; returns how many it stands for. `before`: the length before, if any. */
static unsigned next_run(const unsigned char *lengths, unsigned left, int before, struct run *run)
{
    enum { SAME = 16, FEW_ZEROS, MANY_ZEROS };
    unsigned n = 1;
    while (n < left && n < 138 && lengths[n] == lengths[0])
        n++;
    if (lengths[0] == 0 && n >= 11)
        *run = (struct run){MANY_ZEROS, {n - 11, 7}};
    else if (lengths[0] == 0 && n >= 3)
        *run = (struct run){FEW_ZEROS, {n - 3, 3}};
    else if (lengths[0] == before && n >= 3)
        *run = (struct run){SAME, {(n = n < 6 ? n : 6) - 3, 2}};
    else {
        *run = (struct run){.symbol = lengths[0]};
        n = 1;
    }
    return n;
}

/* How many lengths have to be told. */
static unsigned used_of(const unsigned char *lengths, unsigned symbols, unsigned least)
{
    while (symbols > least && !lengths[symbols - 1])
        symbols--;
    return symbols;
}

/* RFC 1951, 3.2.7. */
static void put_lengths(struct packer *p, const unsigned char *literals,
                        const unsigned char *distances)
{
    static const unsigned char order[RUNS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                              11, 4,  12, 3, 13, 2, 14, 1, 15};
    unsigned literal_count = used_of(literals, LITERALS, LENGTHS);
    unsigned distance_count = used_of(distances, DISTANCES, 1);
    unsigned total = literal_count + distance_count, n = 0, told = RUNS;
    unsigned char all[ALL], lengths[RUNS];
    struct run runs[ALL];
    struct code codes[RUNS] = {{0}};
    uint32_t counts[RUNS] = {0};
    memcpy(all, literals, literal_count);
    memcpy(all + literal_count, distances, distance_count);
    for (unsigned i = 0; i < total; counts[runs[n++].symbol]++)
        i += next_run(all + i, total - i, i ? all[i - 1] : -1, &runs[n]);
    measure_codes(counts, RUNS, MOST_RUN_BITS, lengths);
    make_codes(lengths, RUNS, codes);
    while (told > 4 && !lengths[order[told - 1]])
        told--;
    put(p, literal_count - LENGTHS, 5);
    put(p, distance_count - 1, 5);
    put(p, told - 4, 4);
    for (unsigned i = 0; i < told; i++)
        put(p, lengths[order[i]], 3);
    for (unsigned i = 0; i < n; i++) {
        put_code(p, codes[runs[i].symbol]);
        put_code(p, runs[i].extra);
    }
}

static void count_tokens(const struct packer *p, uint32_t *literals, uint32_t *distances)
{
    for (size_t i = 0; i < p->count; i++) {
        token t = p->tokens[i];
        if (length_of(t)) {
            literals[LENGTHS + sort_of_length(length_of(t)).symbol]++;
            distances[sort_of_distance(distance_of(t)).symbol]++;
        } else
            literals[t]++;
    }
    literals[END]++;
}

/* With what is told behind it. */
static struct code extended(struct code code, struct code extra)
{
    return (struct code){code.bits | extra.bits << code.count, code.count + extra.count};
}

static void put_tokens(struct packer *p, const struct code *literals, const struct code *distances)
{
    struct code lengths[MOST_MATCH + 1];
    for (unsigned length = LEAST_MATCH; length <= MOST_MATCH; length++) {
        struct sort sort = sort_of_length(length);
        lengths[length] = extended(literals[LENGTHS + sort.symbol], sort.extra);
    }
    for (size_t i = 0; i < p->count; i++) {
        token t = p->tokens[i];
        if (length_of(t)) {
            struct code length = lengths[length_of(t)];
            struct sort sort = sort_of_distance(distance_of(t));
            struct code distance = extended(distances[sort.symbol], sort.extra);
            put(p, length.bits | (uint64_t)distance.bits << length.count,
                length.count + distance.count);
        } else
            put_code(p, literals[t]);
    }
    put_code(p, literals[END]);
}

static void put_block(struct packer *p, bool last)
{
    enum { DYNAMIC = 2 };
    uint32_t literal_counts[LITERALS] = {0}, distance_counts[DISTANCES] = {0};
    unsigned char literal_lengths[LITERALS], distance_lengths[DISTANCES];
    struct code literals[LITERALS] = {{0}}, distances[DISTANCES] = {{0}};
    count_tokens(p, literal_counts, distance_counts);
    measure_codes(literal_counts, LITERALS, MOST_BITS, literal_lengths);
    measure_codes(distance_counts, DISTANCES, MOST_BITS, distance_lengths);
    make_codes(literal_lengths, LITERALS, literals);
    make_codes(distance_lengths, DISTANCES, distances);
    pm_str_reserve(p->out, HEADER_BYTES + p->count * TOKEN_BYTES);
    put(p, (unsigned)last | DYNAMIC << 1, 3);
    put_lengths(p, literal_lengths, distance_lengths);
    put_tokens(p, literals, distances);
    p->count = 0;
}

/* ---- matches --------------------------------------------------------------------------------------- */

static uint64_t word_at(const unsigned char *p)
{
    uint64_t word;
    memcpy(&word, p, WORD);
    return little_endian(word);
}

/* How many bytes are the same, up to `most`. */
static size_t common(const unsigned char *a, const unsigned char *b, size_t most)
{
    size_t n = 0;
    for (; n + WORD <= most; n += WORD) {
        uint64_t differing = word_at(a + n) ^ word_at(b + n);
        if (differing)
            return n + (size_t)__builtin_ctzll(differing) / 8;
    }
    while (n < most && a[n] == b[n])
        n++;
    return n;
}

/* Of the lowest bits; by the golden ratio, as D. Knuth has it. */
static unsigned hash_of(uint64_t word, unsigned bits)
{
    return (unsigned)((word << (64 - bits)) * UINT64_C(0x9E3779B97F4A7C15) >> (64 - HASH_BITS));
}

/* Files the place; returns how far back it was met last, if it was. */
static size_t met(uint32_t *places, unsigned hash, size_t at)
{
    uint32_t distance = (uint32_t)at - places[hash];
    places[hash] = (uint32_t)at;
    return distance;
}

/* The longest match at `at`, whole pixels behind the first `odd` bytes and `most` bytes at most; 0 if there is none.
 * Of matches of one length the first is taken, as the nearest are asked first. */
static token match_at(struct packer *p, size_t at, size_t odd, size_t most)
{
    const unsigned char *here = p->bytes + at;
    uint64_t word = word_at(here);
    const size_t places[] = {
        p->pixel,
        p->length,
        p->length - p->pixel,
        p->length + p->pixel,
        met(p->met_one, hash_of(word, p->one), at),
        met(p->met_two, hash_of(word, p->two), at),
    };
    size_t best = LEAST_MATCH - 1, distance = 0;
    for (size_t i = 0; i < sizeof places / sizeof *places && best < most; i++) {
        size_t back = places[i];
        if (back - 1 >= (at < WINDOW ? at : WINDOW) || here[best] != (here - back)[best])
            continue;
        size_t n = common(here, here - back, most);
        n -= n > odd ? (unsigned)(n - odd) % (unsigned)p->pixel : 0;
        if (n > best) {
            best = n;
            distance = back;
        }
    }
    return distance ? (token)(best << 16 | distance) : 0;
}

/* ---- rows ------------------------------------------------------------------------------------------ */

static void add_token(struct packer *p, token t)
{
    if (p->count == TOKENS)
        put_block(p, false);
    p->tokens[p->count++] = t;
}

/* The filter byte goes with the first pixels if they are as others were. */
static void add_row(struct packer *p, size_t start)
{
    size_t end = start + p->length, at = start;
    while (at < end) {
        size_t left = end - at, most = left < MOST_MATCH ? left : MOST_MATCH, odd = at == start;
        token match = at + WORD <= p->size ? match_at(p, at, odd, most) : 0;
        if (match) {
            add_token(p, match);
            at += length_of(match);
        } else
            for (size_t next = at + (odd ? 1 : p->pixel); at < next; at++)
                add_token(p, p->bytes[at]);
    }
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

void pm_deflate(struct pm_str *out, const struct pm_rows *rows)
{
    static const char header[] = {0x78, 0x5E}; /* a window of 32 KiB; packed fast */
    struct packer *p = pm_xcalloc(1, sizeof *p);
    unsigned shortest = rows->pixel < LEAST_MATCH ? LEAST_MATCH : (unsigned)rows->pixel;
    p->bytes = rows->bytes;
    p->size = rows->count * rows->length;
    p->length = rows->length;
    p->pixel = rows->pixel;
    p->one = 8 * shortest;
    p->two = least(2 * p->one, 64);
    p->out = out;
    pm_str_addn(out, header, sizeof header);
    for (size_t start = 0; start < p->size; start += p->length)
        add_row(p, start);
    put_block(p, true);
    put(p, 0, 7); /* to whole bytes */
    uint32_t sum = libdeflate_adler32(1, rows->bytes, p->size);
    const char check[] = {(char)(sum >> 24), (char)(sum >> 16), (char)(sum >> 8), (char)sum};
    pm_str_addn(out, check, sizeof check);
    free(p);
}
