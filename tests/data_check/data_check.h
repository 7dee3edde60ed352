/* Reading of shipped shapes with shapelib, so that no code of the project can hide a fault in its
 * data. Layers are named below the folder in PROVMAP_TEST_SHAPES: "afghanistan/provinces". */
#ifndef PM_TEST_DATA_CHECK_H
#define PM_TEST_DATA_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <shapefil.h>

enum { TEXT_SIZE = 256 };

/* ---- layers ------------------------------------------------------------------------------------- */

struct layer {
    SHPHandle shp;
    DBFHandle dbf;
    int count;
};

/* The layer `name` of the folder under test; fails the test if it can't be read. */
static inline struct layer layer_open(const char *name)
{
    char path[4096];
    const char *folder = getenv("PROVMAP_TEST_SHAPES");
    if (!folder)
        fail_msg("set PROVMAP_TEST_SHAPES to the folder with the shapefiles");
    snprintf(path, sizeof path, "%s/%s", folder, name);
    struct layer layer = {.shp = SHPOpen(path, "rb"), .dbf = DBFOpen(path, "rb")};
    if (!layer.shp || !layer.dbf)
        fail_msg("cannot read %s", path);
    SHPGetInfo(layer.shp, &layer.count, NULL, NULL, NULL);
    assert_int_equal(layer.count, DBFGetRecordCount(layer.dbf));
    return layer;
}

static inline void layer_close(struct layer *layer)
{
    SHPClose(layer->shp);
    DBFClose(layer->dbf);
}

static inline int field_of(const struct layer *layer, const char *name)
{
    int field = DBFGetFieldIndex(layer->dbf, name);
    if (field < 0)
        fail_msg("there is no field \"%s\"", name);
    return field;
}

/* shapelib keeps one buffer a file, so the text is copied out. */
static inline void read_text(const struct layer *layer, int record, const char *field,
                             char out[TEXT_SIZE])
{
    const char *text = DBFReadStringAttribute(layer->dbf, record, field_of(layer, field));
    snprintf(out, TEXT_SIZE, "%s", text ? text : "");
}

static inline int read_number(const struct layer *layer, int record, const char *field)
{
    return DBFReadIntegerAttribute(layer->dbf, record, field_of(layer, field));
}

static inline SHPObject *read_shape(const struct layer *layer, int record)
{
    SHPObject *shape = SHPReadObject(layer->shp, record);
    if (!shape)
        fail_msg("record %d has no shape", record + 1);
    return shape;
}

/* ---- sets of keys -------------------------------------------------------------------------------- */

/* Grown by half, so that it is not copied each time. */
static inline void *with_room(void *items, size_t *room, size_t wanted, size_t size)
{
    if (wanted <= *room)
        return items;
    *room = wanted + wanted / 2;
    items = realloc(items, *room * size);
    assert_non_null(items);
    return items;
}

/* What a spelling or code stands for, within a scope. */
struct entry {
    char scope[TEXT_SIZE], key[TEXT_SIZE];
    int owner;
};

struct entries {
    struct entry *v;
    size_t count, room;
};

static inline void entries_add(struct entries *set, const char *scope, const char *key, int owner)
{
    set->v = with_room(set->v, &set->room, set->count + 1, sizeof *set->v);
    struct entry *entry = &set->v[set->count++];
    snprintf(entry->scope, sizeof entry->scope, "%s", scope);
    snprintf(entry->key, sizeof entry->key, "%s", key);
    entry->owner = owner;
}

static inline int by_scope_and_key(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp(x->scope, y->scope);
    return order ? order : strcmp(x->key, y->key);
}

/* How many keys stand for more than one owner; each is printed. */
static inline int count_clashes(struct entries *set)
{
    int clashes = 0;
    qsort(set->v, set->count, sizeof *set->v, by_scope_and_key);
    for (size_t i = 1; i < set->count; i++) {
        const struct entry *last = &set->v[i - 1], *entry = &set->v[i];
        if (by_scope_and_key(last, entry) != 0 || last->owner == entry->owner)
            continue;
        print_error("\"%s\" (%s) stands for records %d and %d\n", entry->key, entry->scope,
                    last->owner + 1, entry->owner + 1);
        clashes++;
    }
    return clashes;
}

/* ---- geometry --------------------------------------------------------------------------------------- */

static inline int part_end(const SHPObject *shape, int part)
{
    return part + 1 < shape->nParts ? shape->panPartStart[part + 1] : shape->nVertices;
}

/* A border from vertex to vertex. All four numbers are compared bit by bit. */
struct segment {
    double x0, y0, x1, y1;
};

struct segments {
    struct segment *v;
    size_t count, room;
};

static inline int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    for (int i = 0; i < 4; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

static inline bool has_segment(const struct segments *set, struct segment s)
{
    return set->count && bsearch(&s, set->v, set->count, sizeof s, by_value);
}

static inline struct segment reversed(struct segment s)
{
    return (struct segment){s.x1, s.y1, s.x0, s.y0};
}

/* All segments of a layer, sorted. */
static inline struct segments segments_read(const struct layer *layer)
{
    struct segments set = {0};
    for (int record = 0; record < layer->count; record++) {
        SHPObject *shape = read_shape(layer, record);
        set.v = with_room(set.v, &set.room, set.count + (size_t)shape->nVertices, sizeof *set.v);
        for (int part = 0; part < shape->nParts; part++)
            for (int i = shape->panPartStart[part] + 1; i < part_end(shape, part); i++)
                set.v[set.count++] = (struct segment){shape->padfX[i - 1], shape->padfY[i - 1],
                                                      shape->padfX[i], shape->padfY[i]};
        SHPDestroyObject(shape);
    }
    qsort(set.v, set.count, sizeof *set.v, by_value);
    return set;
}

#endif
