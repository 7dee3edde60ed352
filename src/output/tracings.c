#include "output/tracings.h"

#include "base/hash.h"
#include "base/banned.h"

enum { BUCKETS = 1 << 10 };

struct tracing {
    struct tracing *next; /* of those in the same bucket */
    uint64_t needed;      /* in which file, last */
    size_t op_count, point_count, length;
    const struct pm_pt *points; /* these three lie behind it */
    const uint8_t *ops;
    const char *data;
};

struct pm_tracings {
    struct tracing *buckets[BUCKETS];
    size_t most, size;
    uint64_t file; /* from 1 */
    bool full;     /* nothing more is kept of this file */
};

static size_t points_size(const struct tracing *tracing)
{
    return tracing->point_count * sizeof *tracing->points;
}

static size_t size_of(const struct tracing *tracing)
{
    return sizeof *tracing + points_size(tracing) + tracing->op_count + tracing->length;
}

struct pm_tracings *pm_tracings_new(size_t most)
{
    struct pm_tracings *tracings = pm_xcalloc(1, sizeof *tracings);
    tracings->most = most;
    return tracings;
}

/* Forgets what was needed last before the file. */
static void forget(struct pm_tracings *tracings, uint64_t file)
{
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct tracing **at = &tracings->buckets[i]; *at;) {
            struct tracing *tracing = *at;
            if (tracing->needed >= file) {
                at = &tracing->next;
                continue;
            }
            *at = tracing->next;
            tracings->size -= size_of(tracing);
            free(tracing);
        }
}

void pm_tracings_free(struct pm_tracings *tracings)
{
    if (!tracings)
        return;
    forget(tracings, UINT64_MAX);
    free(tracings);
}

void pm_tracings_begin(struct pm_tracings *tracings)
{
    if (!tracings)
        return;
    if (tracings->full)
        forget(tracings, tracings->file);
    tracings->full = false;
    tracings->file++;
}

size_t pm_tracings_size(const struct pm_tracings *tracings)
{
    return tracings->size;
}

static struct tracing **bucket_of(struct pm_tracings *tracings, const struct pm_path *path)
{
    return &tracings->buckets[pm_path_hash(path) % BUCKETS];
}

static bool is_of(const struct tracing *tracing, const struct pm_path *path)
{
    return tracing->op_count == path->ops.n && tracing->point_count == path->points.n &&
           memcmp(tracing->points, path->points.v, points_size(tracing)) == 0 &&
           memcmp(tracing->ops, path->ops.v, path->ops.n) == 0;
}

/* Keeps what was made of the path, if there is room. */
static void keep(struct pm_tracings *tracings, struct tracing **bucket, const struct pm_path *path,
                 const char *data, size_t length)
{
    struct tracing made = {.next = *bucket,
                           .needed = tracings->file,
                           .op_count = path->ops.n,
                           .point_count = path->points.n,
                           .length = length};
    if (size_of(&made) > tracings->most - tracings->size) {
        tracings->full = true;
        return;
    }
    struct tracing *tracing = pm_xrealloc(NULL, 1, size_of(&made));
    char *behind = (char *)(tracing + 1);
    made.points = (void *)behind;
    made.ops = memcpy(behind + points_size(&made), path->ops.v, path->ops.n);
    made.data = memcpy(behind + points_size(&made) + path->ops.n, data, length);
    memcpy(behind, path->points.v, points_size(&made));
    *tracing = made;
    *bucket = tracing;
    tracings->size += size_of(tracing);
}

void pm_tracings_add(struct pm_tracings *tracings, const struct pm_path *path, struct pm_str *out)
{
    if (!tracings || tracings->file <= 1 || !path->points.n) {
        pm_path_data(path, out);
        return;
    }
    struct tracing **bucket = bucket_of(tracings, path), *tracing = *bucket;
    while (tracing && !is_of(tracing, path))
        tracing = tracing->next;
    if (tracing) {
        tracing->needed = tracings->file;
        pm_str_addn(out, tracing->data, tracing->length);
        return;
    }
    size_t before = out->n;
    pm_path_data(path, out);
    if (!tracings->full)
        keep(tracings, bucket, path, out->s + before, out->n - before);
}
