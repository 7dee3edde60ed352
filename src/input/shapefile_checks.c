#include "input/shapefile_checks.h"

#include <math.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/str.h"
#include "base/banned.h"

enum {
    HEADER = 100, /* bytes, of .shp and .shx */
    MAIN_CODE = 9994,
    TABLE_HEADER = 32,
    MOST_INDEX = 512 * 1024 * 1024,
    MOST_PRJ = 64 * 1024,
    MOST_CPG = 1024,
};

#define DEGREE 0.017453292519943295 /* radians */

static bool fail(const struct pm_shape_files *f, const char *id, const char *path, const char *why)
{
    pm_error(f->diags, PM_FAULT_INPUT, id, pm_place_file(path), "%s", why);
    return false;
}

/* "a.shp" -> "a.dbf" or, if only that exists, "a.DBF" */
char *pm_shape_sibling(const struct pm_shape_files *f, const char *ending)
{
    struct pm_str upper = {0};
    size_t length = strlen(f->path), stem = length > 4 ? length - 4 : length;
    char *path = pm_sprintf(f->scratch, "%.*s%s", (int)stem, f->path, ending);
    pm_upper(ending, &upper);
    char *other = pm_sprintf(f->scratch, "%.*s%s", (int)stem, f->path, pm_str_get(&upper));
    pm_str_finish(&upper);
    return !pm_is_file(path) && pm_is_file(other) ? other : path;
}

/* ---- headers ------------------------------------------------------------------------ */

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static uint32_t little_endian(const unsigned char *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

/* The file's first bytes and its size; false and an error if there is no such file. */
static bool read_head(const struct pm_shape_files *f, const char *path, unsigned char *head,
                      size_t wanted, size_t *size)
{
    struct stat info;
    FILE *file = stat(path, &info) == 0 && S_ISREG(info.st_mode) ? fopen(path, "rb") : NULL;
    if (!file)
        return fail(f, "cannot-read", path, "there is no such file, or it can't be read");
    *size = (size_t)info.st_size;
    memset(head, 0, wanted);
    size_t got = fread(head, 1, wanted, file);
    fclose(file);
    if (got < wanted)
        *size = got;
    return true;
}

static bool check_main(const struct pm_shape_files *f, size_t *size)
{
    unsigned char head[HEADER];
    if (!read_head(f, f->path, head, sizeof head, size))
        return false;
    if (*size < HEADER || big_endian(head) != MAIN_CODE) {
        fail(f, "not-a-shapefile", f->path, "this is no shapefile");
        if (head[0] == '<')
            pm_help(f->diags, "it looks like a web page: the download may have failed");
        else if (memcmp(head, "PK", 2) == 0)
            pm_help(f->diags, "it looks like a ZIP archive: unpack it");
        return false;
    }
    size_t promised = (size_t)big_endian(head + 24) * 2;
    if (promised <= *size)
        return true;
    pm_error(f->diags, PM_FAULT_INPUT, "truncated", pm_place_file(f->path),
             "it is cut off: its header promises %zu bytes, it has %zu", promised, *size);
    pm_help(f->diags, "copy or download it again");
    return false;
}

/* Each entry: offset and length of a record in 16-bit words. */
static bool check_entries(const struct pm_shape_files *f, const unsigned char *data, size_t end,
                          size_t main_size)
{
    size_t beyond = 0, first = 0;
    for (size_t at = HEADER, record = 1; at + 8 <= end; at += 8, record++) {
        uint64_t offset = (uint64_t)big_endian(data + at) * 2;
        uint64_t length = (uint64_t)big_endian(data + at + 4) * 2;
        bool deleted = offset == 0 && length == 0;
        if (deleted || (offset >= HEADER && offset + 8 + length <= main_size))
            continue;
        first = first ? first : record;
        beyond++;
    }
    if (beyond == 0)
        return true;
    pm_error(f->diags, PM_FAULT_INPUT, "record-beyond-file", pm_place_record(f->path, (long)first),
             "the index puts it beyond the end of the file");
    if (beyond > 1)
        pm_help(f->diags, "so are %zu more; .shp and .shx may not belong together", beyond - 1);
    else
        pm_help(f->diags, ".shp and .shx may not belong together");
    return false;
}

static bool check_index(const struct pm_shape_files *f, size_t main_size)
{
    size_t size = 0;
    const char *path = pm_shape_sibling(f, ".shx");
    if (!pm_is_file(path)) {
        fail(f, "no-index", path, "the index (.shx) is missing");
        pm_help(f->diags, "a shapefile is .shp, .shx, .dbf and .prj together: copy them all");
        return false;
    }
    const unsigned char *data =
        (const unsigned char *)pm_read_file(path, MOST_INDEX, f->scratch, &size, f->diags);
    if (!data)
        return false;
    size_t end = size < HEADER ? 0 : (size_t)big_endian(data + 24) * 2;
    if (size < HEADER || big_endian(data) != MAIN_CODE || end < HEADER || end > size)
        return fail(f, "broken-index", path, "the index's header does not fit its size");
    return check_entries(f, data, end, main_size);
}

static bool check_table(const struct pm_shape_files *f, const char *path)
{
    unsigned char head[TABLE_HEADER];
    size_t size = 0;
    if (!read_head(f, path, head, sizeof head, &size))
        return false;
    uint64_t records = little_endian(head + 4);
    uint64_t begin = head[8] | (unsigned)head[9] << 8, width = head[10] | (unsigned)head[11] << 8;
    if (size < TABLE_HEADER || begin <= TABLE_HEADER || width == 0)
        return fail(f, "broken-table", path, "this is no dBASE table");
    if (begin + records * width <= size)
        return true;
    pm_error(f->diags, PM_FAULT_INPUT, "truncated", pm_place_file(path),
             "it is cut off: its header promises %llu records, it has %llu",
             (unsigned long long)records,
             (unsigned long long)(size > begin ? (size - begin) / width : 0));
    pm_help(f->diags, "copy or download it again");
    return false;
}

/* ---- coordinate system and encoding ------------------------------------------------- */

/* The number behind the name in NODE["name",number…]; NAN if there is none. */
static double wkt_number(const char *wkt, const char *node)
{
    const char *at = NULL;
    for (const char *p = wkt; (p = strstr(p, node)) != NULL; p++)
        at = p; /* the last: units of angle stand behind those of the ellipsoid */
    const char *comma = at ? strchr(at, ',') : NULL;
    double value = (double)NAN;
    if (comma)
        pm_parse_number(comma + 1, strcspn(comma + 1, ",]"), &value);
    return value;
}

static bool check_geographic(const struct pm_shape_files *f, const char *path, const char *wkt)
{
    double meridian = wkt_number(wkt, "PRIMEM["), unit = wkt_number(wkt, "UNIT[");
    if (!isnan(meridian) && meridian != 0)
        return fail(f, "not-geographic", path, "its longitudes are not counted from Greenwich");
    if (!isnan(unit) && fabs(unit - DEGREE) > 1e-9)
        return fail(f, "not-geographic", path, "its coordinates are not in degrees");
    return true;
}

/* Only geographic coordinates can be used; the .prj must not say otherwise. */
static bool check_projection(const struct pm_shape_files *f)
{
    size_t length = 0;
    const char *path = pm_shape_sibling(f, ".prj");
    if (!pm_is_file(path)) { /* the coordinates are checked one by one */
        pm_note(f->diags, "no-projection", pm_place_file(path),
                "the .prj is missing; took the coordinates for degrees");
        return true;
    }
    const char *wkt = pm_read_file(path, MOST_PRJ, f->scratch, &length, f->diags);
    if (!wkt)
        return false;
    wkt += strspn(wkt, "\xEF\xBB\xBF \t\r\n");
    if (strncmp(wkt, "GEOGCS", 6) == 0 || strncmp(wkt, "GEOGCRS", 7) == 0)
        return check_geographic(f, path, wkt);
    if (strncmp(wkt, "PROJC", 5) != 0)
        return fail(f, "bad-projection", path, "this is no coordinate system in WKT");
    fail(f, "projected", path,
         "the coordinates are projected; this version does not reproject them");
    pm_help(f->diags, "convert them to degrees: ogr2ogr -t_srs EPSG:4326 new.shp %s",
            pm_path_base(f->path));
    return false;
}

/* Is it a spelling of UTF-8? */
static bool is_utf8_name(const char *name)
{
    struct pm_str folded = {0};
    pm_fold(name, &folded);
    bool is = pm_streq(pm_str_get(&folded), "utf8") || pm_streq(pm_str_get(&folded), "65001");
    pm_str_finish(&folded);
    return is;
}

static bool read_code_page(struct pm_shape_files *f)
{
    size_t length = 0;
    const char *path = pm_shape_sibling(f, ".cpg");
    if (!pm_is_file(path))
        return true;
    char *name = pm_read_file(path, MOST_CPG, f->scratch, &length, f->diags);
    if (!name)
        return false;
    name += strspn(name, "\xEF\xBB\xBF \t\r\n");
    name[strcspn(name, " \t\r\n")] = '\0';
    bool readable = pm_utf8_check(name, strlen(name)) == strlen(name);
    f->code_page = !readable ? "unknown" : *name && !is_utf8_name(name) ? name : NULL;
    return true;
}

bool pm_shape_check(struct pm_shape_files *f)
{
    size_t size = 0;
    const char *table = pm_shape_sibling(f, ".dbf");
    if (!check_main(f, &size) || !check_index(f, size) || !check_projection(f))
        return false;
    if (!pm_is_file(table)) {
        pm_warning(f->diags, "no-table", pm_place_file(table),
                   "the table (.dbf) is missing: nothing in this layer has a name");
        return true;
    }
    f->table = table;
    return check_table(f, table) && read_code_page(f);
}
