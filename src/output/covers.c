#include "output/covers.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/banned.h"

enum { BUCKETS = 1 << 12 };

/* All that coverage follows from but the path itself, of which it has the sizes. */
struct key {
    uint64_t words[10];
};

/* A side of a picture has less than 2^15 pixels, as cairo takes no longer ones. */
struct run {
    uint16_t y, x0, x1, coverage;
};

struct cover {
    struct cover *next; /* of those in the same bucket */
    uint64_t hash;
    uint64_t needed; /* in which picture, last */
    struct key key;
    const struct pm_pt *points; /* these three lie behind it */
    const struct run *runs;
    const uint8_t *ops;
    size_t run_count, size; /* size: bytes in all */
};

struct pm_covers {
    struct cover *buckets[BUCKETS];
    size_t most, size;
    uint64_t picture;        /* from 1 */
    bool full;               /* nothing more is kept of this picture */
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
        for (struct cover **at = &covers->buckets[i]; *at;) {
            struct cover *cover = *at;
            if (cover->needed >= picture) {
                at = &cover->next;
                continue;
            }
            *at = cover->next;
            covers->size -= cover->size;
            free(cover);
        }
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
    covers->full = false;
    covers->picture++;
}

/* ---- finding --------------------------------------------------------------------------------------- */

static struct key key_of(const struct pm_raster *raster, struct pm_shape shape)
{
    struct pm_raster_area area = pm_raster_clipped(raster);
    struct key key = {{(uint64_t)area.width, (uint64_t)area.height, (uint64_t)area.x0,
                       (uint64_t)area.y0, (uint64_t)area.x1, (uint64_t)area.y1, shape.rule,
                       shape.path->ops.n, shape.path->points.n}};
    memcpy(&key.words[9], &shape.width, sizeof shape.width);
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

static bool is_of(const struct cover *cover, uint64_t hash, const struct key *key,
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

static void draw(struct pm_raster *raster, struct pm_shape shape, pm_run_fn *run, void *user)
{
    if (shape.width > 0)
        pm_raster_stroke(raster, shape.path, shape.width, run, user);
    else
        pm_raster_fill(raster, shape.path, shape.rule, run, user);
}

static struct cover *make(const struct pm_covers *covers, const struct key *key, uint64_t hash,
                          const struct pm_path *path)
{
    size_t points = path->points.n * sizeof *path->points.v;
    size_t runs = covers->runs.n * sizeof *covers->runs.v;
    size_t size = sizeof(struct cover) + points + runs + path->ops.n;
    struct cover *cover = pm_xrealloc(NULL, 1, size);
    char *behind = (char *)(cover + 1);
    *cover = (struct cover){.hash = hash,
                            .key = *key,
                            .points = (void *)behind,
                            .runs = (void *)(behind + points),
                            .ops = (void *)(behind + points + runs),
                            .run_count = covers->runs.n,
                            .size = size};
    memcpy(behind, path->points.v, points);
    memcpy(behind + points, covers->runs.v, runs);
    memcpy(behind + points + runs, path->ops.v, path->ops.n);
    return cover;
}

/* What the shape covers, kept from now on; NULL if there is no room. */
static struct cover *cover_of(struct pm_covers *covers, struct pm_raster *raster,
                              struct pm_shape shape)
{
    const struct key key = key_of(raster, shape);
    uint64_t hash = hash_of(&key, shape.path);
    struct cover **bucket = &covers->buckets[hash % BUCKETS], *cover = *bucket;
    while (cover && !is_of(cover, hash, &key, shape.path))
        cover = cover->next;
    if (cover || covers->full)
        return cover;
    covers->runs.n = 0;
    draw(raster, shape, note_run, covers);
    if (covers->full)
        return NULL;
    cover = make(covers, &key, hash, shape.path);
    cover->next = *bucket;
    *bucket = cover;
    covers->size += cover->size;
    covers->full = covers->size >= covers->most;
    return cover;
}

void pm_covers_draw(struct pm_covers *covers, struct pm_raster *raster, struct pm_shape shape,
                    pm_run_fn *run, void *user)
{
    struct cover *cover =
        covers && covers->picture > 1 && shape.path->ops.n ? cover_of(covers, raster, shape) : NULL;
    if (!cover) {
        draw(raster, shape, run, user);
        return;
    }
    cover->needed = covers->picture;
    for (const struct run *p = cover->runs, *end = p + cover->run_count; p < end; p++)
        run(user, p->y, p->x0, p->x1, p->coverage);
}
