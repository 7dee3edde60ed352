// Mapnik as a command: mapnik MAP.xml FONT WIDTH HEIGHT OUT.png|OUT.svg
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>

#include <mapnik/agg_renderer.hpp>
#include <mapnik/cairo_io.hpp>
#include <mapnik/datasource_cache.hpp>
#include <mapnik/font_engine_freetype.hpp>
#include <mapnik/image.hpp>
#include <mapnik/image_util.hpp>
#include <mapnik/load_map.hpp>
#include <mapnik/map.hpp>
#include <mapnik/version.hpp>

static void draw(const char *xml, const char *font, unsigned width, unsigned height, const std::string &out)
{
    mapnik::datasource_cache::instance().register_datasource(MAPNIK_SHAPE_PLUGIN);
    mapnik::freetype_engine::register_font(font);
    mapnik::Map map(width, height);
    mapnik::load_map(map, xml, true);
    map.zoom_all();
    if (out.size() > 4 && out.substr(out.size() - 4) == ".svg") {
        mapnik::save_to_cairo_file(map, out, "svg");
        return;
    }
    mapnik::image_rgba8 image(width, height);
    mapnik::agg_renderer<mapnik::image_rgba8> renderer(map, image);
    renderer.apply();
    mapnik::save_to_file(image, out, "png32");
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        std::printf("%s\n", MAPNIK_VERSION_STRING);
        return argc == 2 && std::strcmp(argv[1], "--version") == 0 ? 0 : 2;
    }
    try {
        draw(argv[1], argv[2], std::atoi(argv[3]), std::atoi(argv[4]), argv[5]);
    } catch (const std::exception &e) {
        std::fprintf(stderr, "mapnik: %s\n", e.what());
        return 1;
    }
}
