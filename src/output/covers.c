#include "output/covers.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/banned.h"

enum { BUCKETS = 1 << 12 };

/* All that coverage follows from but the path itself, of which it has the sizes. */
struct key {
    uint64_t words[11];
};

/* A side of a picture has less than 2^15 pixels, as cairo takes no longer ones. */
struct run {
    uint16_t y, x0, x1, coverage;
};

struct pm_cover {
    struct pm_cover *next; /* of those in the same bucket */
    uint64_t hash;
    uint64_t needed; /* in which picture, last */
    struct key key;
    const struct pm_pt *points; /* these three lie behind it */
    const struct run *runs;
    const uint8_t *ops;
    size_t run_count, size; /* size: bytes in all */
    int x0, x1;             /* of all runs, which go down the page */
    size_t pixels;          /* of all runs */
};

struct pm_covers {
    struct pm_cover *buckets[BUCKETS];
    size_t most, size;
    uint64_t picture;        /* from 1 */
    bool full;               /* nothing more is kept of this picture */
    bool tidy;               /* what only earlier pictures needed was forgotten */
    PM_VEC(struct run) runs; /* of the shape that is drawn */
};

struct pm_covers *pm_covers_new(size_t most)
{
    struct pm_covers *covers = pm_xcalloc(1, sizeof *covers);
    covers->most = most;
    return covers;
}

/* Forgets what was needed last before the picture. */
static void forget(struct pm_covers *covers, uint64_t picture)
{
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct pm_cover **at = &covers->buckets[i]; *at;) {
            struct pm_cover *cover = *at;
            if (cover->needed >= picture) {
                at = &cover->next;
                continue;
            }
            *at = cover->next;
            covers->size -= cover->size;
            free(cover);
        }
}

size_t pm_covers_size(const struct pm_covers *covers)
{
    return covers->size;
}

void pm_covers_free(struct pm_covers *covers)
{
    if (!covers)
        return;
    forget(covers, UINT64_MAX);
    pm_vec_finish(&covers->runs);
    free(covers);
}

void pm_covers_begin(struct pm_covers *covers)
{
    if (!covers)
        return;
    if (covers->full)
        forget(covers, covers->picture);
    covers->full = covers->size >= covers->most;
    covers->tidy = false;
    covers->picture++;
}

/* ---- finding --------------------------------------------------------------------------------------- */

static struct key key_of(const struct pm_raster *raster, struct pm_shape shape)
{
    struct pm_raster_area area = pm_raster_clipped(raster);
    struct key key = {{(uint64_t)area.width, (uint64_t)area.height, (uint64_t)area.x0,
                       (uint64_t)area.y0, (uint64_t)area.x1, (uint64_t)area.y1, shape.rule,
                       shape.inner, shape.path->ops.n, shape.path->points.n}};
    memcpy(&key.words[10], &shape.width, sizeof shape.width);
    return key;
}

/* A path's beginning tells nearly all apart; the rest is compared. */
static uint64_t hash_of(const struct key *key, const struct pm_path *path)
{
    enum { FIRST = 16 };
    size_t count = path->points.n < FIRST ? path->points.n : FIRST;
    uint64_t hash = pm_hash_bytes(key, sizeof *key, 0);
    return pm_hash_bytes(path->points.v, count * sizeof *path->points.v, hash);
}

static bool is_of(const struct pm_cover *cover, uint64_t hash, const struct key *key,
                  const struct pm_path *path)
{
    return cover->hash == hash && memcmp(&cover->key, key, sizeof *key) == 0 &&
           memcmp(cover->ops, path->ops.v, path->ops.n) == 0 &&
           memcmp(cover->points, path->points.v, path->points.n * sizeof *path->points.v) == 0;
}

/* ---- keeping --------------------------------------------------------------------------------------- */

static void note_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    struct pm_covers *covers = user;
    if (covers->runs.n * sizeof(struct run) >= covers->most)
        covers->full = true;
    else
        pm_vec_push(&covers->runs,
                    (struct run){(uint16_t)y, (uint16_t)x0, (uint16_t)x1, (uint16_t)coverage});
}

void pm_shape_draw(struct pm_raster *raster, struct pm_shape shape, pm_run_fn *run, void *user)
{
    if (shape.inner)
        pm_raster_stroke_inner(raster, shape.path, shape.width, run, user);
    else if (shape.width > 0)
        pm_raster_stroke(raster, shape.path, shape.width, run, user);
    else
        pm_raster_fill(raster, shape.path, shape.rule, run, user);
}

static struct pm_cover *make(const struct pm_covers *covers, const struct key *key, uint64_t hash,
                             const struct pm_path *path)
{
    size_t points = path->points.n * sizeof *path->points.v;
    size_t runs = covers->runs.n * sizeof *covers->runs.v;
    size_t size = sizeof(struct pm_cover) + points + runs + path->ops.n;
    struct pm_cover *cover = pm_xrealloc(NULL, 1, size);
    char *behind = (char *)(cover + 1);
    *cover = (struct pm_cover){.hash = hash,
                               .key = *key,
                               .points = (void *)behind,
                               .runs = (void *)(behind + points),
                               .ops = (void *)(behind + points + runs),
                               .run_count = covers->runs.n,
                               .size = size};
    for (size_t i = 0; i < covers->runs.n; i++) {
        const struct run *run = &covers->runs.v[i];
        cover->x0 = i && cover->x0 < run->x0 ? cover->x0 : run->x0;
        cover->x1 = cover->x1 > run->x1 ? cover->x1 : run->x1;
        cover->pixels += (size_t)(run->x1 - run->x0);
    }
    memcpy(behind, path->points.v, points);
    if (runs)
        memcpy(behind + points, covers->runs.v, runs);
    memcpy(behind + points + runs, path->ops.v, path->ops.n);
    return cover;
}

static struct pm_cover *find_or_make(struct pm_covers *covers, struct pm_raster *raster,
                                     struct pm_shape shape)
{
    const struct key key = key_of(raster, shape);
    uint64_t hash = hash_of(&key, shape.path);
    struct pm_cover **bucket = &covers->buckets[hash % BUCKETS], *cover = *bucket;
    while (cover && !is_of(cover, hash, &key, shape.path))
        cover = cover->next;
    if (cover || covers->full)
        return cover;
    covers->runs.n = 0;
    pm_shape_draw(raster, shape, note_run, covers);
    if (covers->full)
        return NULL;
    cover = make(covers, &key, hash, shape.path);
    cover->needed = covers->picture;
    cover->next = *bucket;
    *bucket = cover;
    covers->size += cover->size;
    if (covers->size >= covers->most && !covers->tidy) {
        forget(covers, covers->picture - 1);
        covers->tidy = true;
    }
    covers->full = covers->size >= covers->most;
    return cover;
}

const struct pm_cover *pm_cover_of(struct pm_covers *covers, struct pm_raster *raster,
                                   struct pm_shape shape)
{
    if (!covers || covers->picture <= 1 || !shape.path->ops.n)
        return NULL;
    struct pm_cover *cover = find_or_make(covers, raster, shape);
    if (cover)
        cover->needed = covers->picture;
    return cover;
}

/* ---- drawing --------------------------------------------------------------------------------------- */

static const struct run *end_of(const struct pm_cover *cover)
{
    return cover->runs + cover->run_count;
}

/* The first run of the row or of one below it. */
static const struct run *first_from(const struct run *p, const struct run *end, int y)
{
    while (p < end) {
        const struct run *middle = p + (end - p) / 2;
        if (middle->y < y)
            p = middle + 1;
        else
            end = middle;
    }
    return p;
}

static int first_below(int y)
{
    return (y / PM_TILE_SIDE + 1) * PM_TILE_SIDE;
}

static void draw_all(const struct pm_cover *cover, pm_run_fn *run, void *user)
{
    for (const struct run *p = cover->runs, *end = end_of(cover); p < end; p++)
        run(user, p->y, p->x0, p->x1, p->coverage);
}

static void draw_part(const struct run *p, struct pm_tile_span span, pm_run_fn *run, void *user)
{
    int x0 = p->x0 > span.x0 ? p->x0 : span.x0, x1 = p->x1 < span.x1 ? p->x1 : span.x1;
    if (x0 < x1)
        run(user, p->y, x0, x1, p->coverage);
}

void pm_cover_draw(const struct pm_cover *cover, const struct pm_tiles *tiles, pm_run_fn *run,
                   void *user)
{
    if (!tiles) {
        draw_all(cover, run, user);
        return;
    }
    for (const struct run *p = cover->runs, *end = end_of(cover); p < end;) {
        int count, below = first_below(p->y);
        const struct pm_tile_span *spans = pm_tiles_spans(tiles, p->y, &count);
        const struct run *next = first_from(p, end, below);
        if (pm_tiles_any(tiles, p->y, cover->x0, cover->x1))
            for (; p < next; p++)
                for (int i = 0; i < count; i++)
                    draw_part(p, spans[i], run, user);
        p = next;
    }
}

size_t pm_cover_pixels(const struct pm_cover *cover)
{
    return cover->pixels;
}

/* ---- marking --------------------------------------------------------------------------------------- */

static void mark(struct pm_tiles *tiles, const struct run *p)
{
    pm_tiles_mark(tiles, p->y, p->x0, p->x1);
}

void pm_cover_mark(const struct pm_cover *cover, struct pm_tiles *tiles)
{
    for (const struct run *p = cover->runs, *end = end_of(cover); p < end; p++)
        mark(tiles, p);
}

/* Negative if p begins before q. */
static int order_of(const struct run *p, const struct run *q)
{
    return p->y != q->y ? p->y - q->y : p->x0 - q->x0;
}

void pm_cover_mark_differences(const struct pm_cover *a, const struct pm_cover *b,
                               struct pm_tiles *tiles)
{
    const struct run *p = a->runs, *p_end = end_of(a), *q = b->runs, *q_end = end_of(b);
    while (p < p_end && q < q_end) {
        if (memcmp(p, q, sizeof *p) == 0) {
            p++;
            q++;
        } else {
            mark(tiles, order_of(p, q) < 0 ? p++ : q++);
        }
    }
    for (; p < p_end; p++)
        mark(tiles, p);
    for (; q < q_end; q++)
        mark(tiles, q);
}

bool pm_cover_meets(const struct pm_cover *cover, const struct pm_tiles *tiles)
{
    for (const struct run *p = cover->runs, *end = end_of(cover); p < end;) {
        const struct run *next = first_from(p, end, first_below(p->y));
        if (pm_tiles_any(tiles, p->y, cover->x0, cover->x1))
            for (; p < next; p++)
                if (pm_tiles_any(tiles, p->y, p->x0, p->x1))
                    return true;
        p = next;
    }
    return false;
}
