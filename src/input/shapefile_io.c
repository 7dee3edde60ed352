#include "input/shapefile_io.h"

#include "base/str.h"
#include "input/bytes.h"
#include "base/banned.h"

enum { HEADER = 100, ENTRY = 8, SMALL = 4096 };

/* shapelib's hooks have no user pointer; this is the one place that needs one. */
static _Thread_local struct {
    struct pm_shape_index *index;
    const unsigned char *shx;
    size_t shx_size;
    char said[256];
} given;

/* The .shp with its header made right, or the .shx that was made. */
struct open_file {
    struct pm_shape_index *index;
    const unsigned char *shx; /* NULL: it is the .shp */
    size_t size, at;
};

static SAFile given_open(const char *path, const char *access)
{
    (void)access; /* always "rb" */
    struct open_file *f = pm_xrealloc(NULL, 1, sizeof *f);
    *f = (struct open_file){.index = given.index, .size = given.index->file.size};
    if (pm_ends_with(path, ".shx"))
        *f = (struct open_file){.index = given.index, .shx = given.shx, .size = given.shx_size};
    return (SAFile)(void *)f;
}

/* `length` bytes that lie within the file; returns how many could be read. */
static size_t get(struct open_file *f, unsigned char *out, size_t length)
{
    if (f->shx) {
        memcpy(out, f->shx + f->at, length);
        return length;
    }
    size_t head = f->at < HEADER ? HEADER - f->at : 0;
    head = head < length ? head : length;
    if (head)
        memcpy(out, f->index->header + f->at, head);
    if (length <= SMALL) { /* there are many: they come several at a time */
        memcpy(out + head, pm_file_piece(&f->index->file, f->at + head, length - head),
               length - head);
        return length;
    }
    return head + pm_file_read(&f->index->file, f->at + head, out + head, length - head);
}

static SAOffset given_read(void *out, SAOffset size, SAOffset count, SAFile file)
{
    struct open_file *f = (struct open_file *)(void *)file;
    size_t rest = f->at < f->size ? f->size - f->at : 0;
    size_t whole = size ? rest / size : 0;
    whole = whole < count ? whole : count;
    whole = whole ? get(f, out, whole * size) / size : 0;
    f->at += whole * size;
    return whole;
}

static SAOffset given_seek(SAFile file, SAOffset offset, int whence)
{
    struct open_file *f = (struct open_file *)(void *)file;
    size_t base = whence == SEEK_CUR ? f->at : whence == SEEK_END ? f->size : 0;
    f->at = base + (size_t)offset;
    return 0;
}

static SAOffset given_tell(SAFile file)
{
    return (SAOffset)((struct open_file *)(void *)file)->at;
}

static int given_close(SAFile file)
{
    free((struct open_file *)(void *)file);
    return 0;
}

/* Nothing is ever written beside an input. */
static SAOffset given_write(void *data, SAOffset size, SAOffset count, SAFile file)
{
    (void)data, (void)size, (void)count, (void)file;
    return 0;
}

static int given_flush(SAFile file)
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
    memcpy(shx, index->header, HEADER);
    pm_put_be32(shx + 24, (uint32_t)(*size / 2));
    for (size_t i = 0; i < index->count; i++) {
        const struct pm_shape_record *record = &index->records[i];
        bool good = record->state == PM_RECORD_SHAPE;
        pm_put_be32(shx + HEADER + i * ENTRY, good ? record->offset / 2 : HEADER / 2);
        pm_put_be32(shx + HEADER + i * ENTRY + 4, good ? record->length / 2 : 0);
    }
    return shx;
}

SHPHandle pm_shapelib_open(struct pm_shape_index *index, struct pm_arena *arena)
{
    SAHooks hooks;
    SASetupDefaultHooks(&hooks);
    hooks.FOpen = given_open;
    hooks.FRead = given_read;
    hooks.FWrite = given_write;
    hooks.FSeek = given_seek;
    hooks.FTell = given_tell;
    hooks.FFlush = given_flush;
    hooks.FClose = given_close;
    hooks.Error = note_error;
    given.said[0] = '\0';
    given.index = index;
    given.shx = make_shx(index, arena, &given.shx_size);
    SHPHandle shp = SHPOpenLL("given.shp", "rb", &hooks);
    given.index = NULL;
    given.shx = NULL;
    if (shp)
        SHPSetFastModeReadObject(shp, 1); /* one shape at a time, in memory that is kept */
    return shp;
}

const char *pm_shapelib_said(void)
{
    return given.said;
}
