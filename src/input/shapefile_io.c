#include "input/shapefile_io.h"

#include "base/str.h"
#include "input/bytes.h"
#include "base/banned.h"

enum { HEADER = 100, ENTRY = 8 };

/* shapelib's hooks have no user pointer; this is the one place that needs one. */
static _Thread_local struct {
    const unsigned char *bytes[2]; /* of .shp and .shx */
    size_t sizes[2];
    char said[256];
} given;

struct memory_file {
    const unsigned char *bytes;
    size_t size, at;
};

static SAFile memory_open(const char *path, const char *access)
{
    (void)access; /* always "rb" */
    size_t which = pm_ends_with(path, ".shx");
    struct memory_file *f = pm_xrealloc(NULL, 1, sizeof *f);
    *f = (struct memory_file){given.bytes[which], given.sizes[which], 0};
    return (SAFile)(void *)f;
}

static SAOffset memory_read(void *out, SAOffset size, SAOffset count, SAFile file)
{
    struct memory_file *f = (struct memory_file *)(void *)file;
    size_t rest = f->at < f->size ? f->size - f->at : 0;
    size_t whole = size ? rest / size : 0;
    whole = whole < count ? whole : count;
    if (whole)
        memcpy(out, f->bytes + f->at, whole * size);
    f->at += whole * size;
    return whole;
}

static SAOffset memory_seek(SAFile file, SAOffset offset, int whence)
{
    struct memory_file *f = (struct memory_file *)(void *)file;
    size_t base = whence == SEEK_CUR ? f->at : whence == SEEK_END ? f->size : 0;
    f->at = base + (size_t)offset;
    return 0;
}

static SAOffset memory_tell(SAFile file)
{
    return (SAOffset)((struct memory_file *)(void *)file)->at;
}

static int memory_close(SAFile file)
{
    free((struct memory_file *)(void *)file);
    return 0;
}

/* Nothing is ever written beside an input. */
static SAOffset memory_write(void *data, SAOffset size, SAOffset count, SAFile file)
{
    (void)data, (void)size, (void)count, (void)file;
    return 0;
}

static int memory_flush(SAFile file)
{
    (void)file;
    return 0;
}

static void note_error(const char *message)
{
    snprintf(given.said, sizeof given.said, "%s", message);
}

/* A .shx of the records that were found; those that are not to be read lead to the header. */
static unsigned char *make_shx(const struct pm_shape_index *index, struct pm_arena *arena,
                               size_t *size)
{
    *size = HEADER + index->count * ENTRY;
    unsigned char *shx = PM_NEW_N(arena, unsigned char, *size);
    memcpy(shx, index->data, HEADER);
    pm_put_be32(shx + 24, (uint32_t)(*size / 2));
    for (size_t i = 0; i < index->count; i++) {
        const struct pm_shape_record *record = &index->records[i];
        bool good = record->state == PM_RECORD_SHAPE;
        pm_put_be32(shx + HEADER + i * ENTRY, good ? record->offset / 2 : HEADER / 2);
        pm_put_be32(shx + HEADER + i * ENTRY + 4, good ? record->length / 2 : 0);
    }
    return shx;
}

SHPHandle pm_shapelib_open(const struct pm_shape_index *index, struct pm_arena *arena)
{
    SAHooks hooks;
    SASetupDefaultHooks(&hooks);
    hooks.FOpen = memory_open;
    hooks.FRead = memory_read;
    hooks.FWrite = memory_write;
    hooks.FSeek = memory_seek;
    hooks.FTell = memory_tell;
    hooks.FFlush = memory_flush;
    hooks.FClose = memory_close;
    hooks.Error = note_error;
    given.said[0] = '\0';
    given.bytes[0] = index->data;
    given.sizes[0] = index->size;
    given.bytes[1] = make_shx(index, arena, &given.sizes[1]);
    SHPHandle shp = SHPOpenLL("memory.shp", "rb", &hooks);
    given.bytes[0] = given.bytes[1] = NULL;
    given.sizes[0] = given.sizes[1] = 0;
    return shp;
}

const char *pm_shapelib_said(void)
{
    return given.said;
}
