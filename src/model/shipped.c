/* SPDX-License-Identifier: GPL-3.0-or-later
 * The files of config/ as bytes of the program. The compiler runs in the root of the sources, so
 * the assembler finds them from any build folder.
 */
#include "model/shipped.h"

#include <string.h>

#define SHIP(id, path)                                                                             \
	__asm__(".pushsection .rodata\n"                                                           \
		"shipped_" #id ":\n"                                                               \
		".incbin \"config/" path "\"\n"                                                    \
		"shipped_" #id "_end:\n"                                                           \
		".byte 0\n"                                                                        \
		".popsection\n");                                                                  \
	extern const uint8_t shipped_##id[] __attribute__((visibility("hidden")));                 \
	extern const uint8_t shipped_##id##_end[] __attribute__((visibility("hidden")));
#define ROW(id, path)                                                                              \
	{                                                                                          \
		path, shipped_##id, shipped_##id##_end                                             \
	}

SHIP(areas, "areas.tsv")
SHIP(cards_collapse, "cards/collapse.txt")
SHIP(cards_confined_space, "cards/confined_space.txt")
SHIP(cards_dam_danger, "cards/dam_danger.txt")
SHIP(cards_debris_flow, "cards/debris_flow.txt")
SHIP(cards_drowning, "cards/drowning.txt")
SHIP(cards_earthquake, "cards/earthquake.txt")
SHIP(cards_evacuation, "cards/evacuation.txt")
SHIP(cards_fire, "cards/fire.txt")
SHIP(cards_flash_flood, "cards/flash_flood.txt")
SHIP(cards_flash_flood_town, "cards/flash_flood_town.txt")
SHIP(cards_forest_fire, "cards/forest_fire.txt")
SHIP(cards_gale, "cards/gale.txt")
SHIP(cards_gas_leak, "cards/gas_leak.txt")
SHIP(cards_heat, "cards/heat.txt")
SHIP(cards_informant, "cards/informant.txt")
SHIP(cards_landslide, "cards/landslide.txt")
SHIP(cards_lift, "cards/lift.txt")
SHIP(cards_lightning, "cards/lightning.txt")
SHIP(cards_power_cut, "cards/power_cut.txt")
SHIP(cards_rain_orange, "cards/rain_orange.txt")
SHIP(cards_rain_red, "cards/rain_red.txt")
SHIP(cards_road, "cards/road.txt")
SHIP(cards_snow, "cards/snow.txt")
SHIP(cards_storm_surge, "cards/storm_surge.txt")
SHIP(cards_tailings, "cards/tailings.txt")
SHIP(cards_typhoon, "cards/typhoon.txt")
SHIP(cards_water_sign, "cards/water_sign.txt")
SHIP(cards_waterlogging, "cards/waterlogging.txt")
SHIP(checklists_after, "checklists/after.tsv")
SHIP(checklists_boat, "checklists/boat.tsv")
SHIP(checklists_bridge, "checklists/bridge.tsv")
SHIP(checklists_changed_use, "checklists/changed_use.tsv")
SHIP(checklists_device, "checklists/device.tsv")
SHIP(checklists_drill_live, "checklists/drill_live.tsv")
SHIP(checklists_drill_table, "checklists/drill_table.tsv")
SHIP(checklists_ebike, "checklists/ebike.tsv")
SHIP(checklists_enterprise, "checklists/enterprise.tsv")
SHIP(checklists_exit, "checklists/exit.tsv")
SHIP(checklists_fire, "checklists/fire.tsv")
SHIP(checklists_flood_before, "checklists/flood_before.tsv")
SHIP(checklists_flood_during, "checklists/flood_during.tsv")
SHIP(checklists_forest_fire, "checklists/forest_fire.tsv")
SHIP(checklists_geo_after, "checklists/geo_after.tsv")
SHIP(checklists_geo_point, "checklists/geo_point.tsv")
SHIP(checklists_house, "checklists/house.tsv")
SHIP(checklists_lpg, "checklists/lpg.tsv")
SHIP(checklists_mine, "checklists/mine.tsv")
SHIP(checklists_model, "checklists/model.tsv")
SHIP(checklists_nine_small, "checklists/nine_small.tsv")
SHIP(checklists_quick, "checklists/quick.tsv")
SHIP(checklists_quiz_grid, "checklists/quiz_grid.tsv")
SHIP(checklists_rent, "checklists/rent.tsv")
SHIP(checklists_road, "checklists/road.tsv")
SHIP(checklists_self, "checklists/self.tsv")
SHIP(checklists_shelter, "checklists/shelter.tsv")
SHIP(checklists_small_ent, "checklists/small_ent.tsv")
SHIP(checklists_store, "checklists/store.tsv")
SHIP(checklists_tailings, "checklists/tailings.tsv")
SHIP(checklists_warehouse, "checklists/warehouse.tsv")
SHIP(codes, "codes.tsv")
SHIP(demo_flood, "demo/flood.tsv")
SHIP(demo_town, "demo/town.tsv")
SHIP(demo_work, "demo/work.tsv")
SHIP(office, "office.tsv")
SHIP(packs_coast, "packs/coast.conf")
SHIP(packs_flood, "packs/flood.conf")
SHIP(packs_forest, "packs/forest.conf")
SHIP(packs_geo, "packs/geo.conf")
SHIP(packs_mine, "packs/mine.conf")
SHIP(packs_urban, "packs/urban.conf")
SHIP(roles, "roles.conf")
SHIP(rules, "rules.conf")

/* In order of names. */
static const struct {
	const char *name;
	const uint8_t *at, *end;
} files[] = {
	ROW(areas, "areas.tsv"),
	ROW(cards_collapse, "cards/collapse.txt"),
	ROW(cards_confined_space, "cards/confined_space.txt"),
	ROW(cards_dam_danger, "cards/dam_danger.txt"),
	ROW(cards_debris_flow, "cards/debris_flow.txt"),
	ROW(cards_drowning, "cards/drowning.txt"),
	ROW(cards_earthquake, "cards/earthquake.txt"),
	ROW(cards_evacuation, "cards/evacuation.txt"),
	ROW(cards_fire, "cards/fire.txt"),
	ROW(cards_flash_flood, "cards/flash_flood.txt"),
	ROW(cards_flash_flood_town, "cards/flash_flood_town.txt"),
	ROW(cards_forest_fire, "cards/forest_fire.txt"),
	ROW(cards_gale, "cards/gale.txt"),
	ROW(cards_gas_leak, "cards/gas_leak.txt"),
	ROW(cards_heat, "cards/heat.txt"),
	ROW(cards_informant, "cards/informant.txt"),
	ROW(cards_landslide, "cards/landslide.txt"),
	ROW(cards_lift, "cards/lift.txt"),
	ROW(cards_lightning, "cards/lightning.txt"),
	ROW(cards_power_cut, "cards/power_cut.txt"),
	ROW(cards_rain_orange, "cards/rain_orange.txt"),
	ROW(cards_rain_red, "cards/rain_red.txt"),
	ROW(cards_road, "cards/road.txt"),
	ROW(cards_snow, "cards/snow.txt"),
	ROW(cards_storm_surge, "cards/storm_surge.txt"),
	ROW(cards_tailings, "cards/tailings.txt"),
	ROW(cards_typhoon, "cards/typhoon.txt"),
	ROW(cards_water_sign, "cards/water_sign.txt"),
	ROW(cards_waterlogging, "cards/waterlogging.txt"),
	ROW(checklists_after, "checklists/after.tsv"),
	ROW(checklists_boat, "checklists/boat.tsv"),
	ROW(checklists_bridge, "checklists/bridge.tsv"),
	ROW(checklists_changed_use, "checklists/changed_use.tsv"),
	ROW(checklists_device, "checklists/device.tsv"),
	ROW(checklists_drill_live, "checklists/drill_live.tsv"),
	ROW(checklists_drill_table, "checklists/drill_table.tsv"),
	ROW(checklists_ebike, "checklists/ebike.tsv"),
	ROW(checklists_enterprise, "checklists/enterprise.tsv"),
	ROW(checklists_exit, "checklists/exit.tsv"),
	ROW(checklists_fire, "checklists/fire.tsv"),
	ROW(checklists_flood_before, "checklists/flood_before.tsv"),
	ROW(checklists_flood_during, "checklists/flood_during.tsv"),
	ROW(checklists_forest_fire, "checklists/forest_fire.tsv"),
	ROW(checklists_geo_after, "checklists/geo_after.tsv"),
	ROW(checklists_geo_point, "checklists/geo_point.tsv"),
	ROW(checklists_house, "checklists/house.tsv"),
	ROW(checklists_lpg, "checklists/lpg.tsv"),
	ROW(checklists_mine, "checklists/mine.tsv"),
	ROW(checklists_model, "checklists/model.tsv"),
	ROW(checklists_nine_small, "checklists/nine_small.tsv"),
	ROW(checklists_quick, "checklists/quick.tsv"),
	ROW(checklists_quiz_grid, "checklists/quiz_grid.tsv"),
	ROW(checklists_rent, "checklists/rent.tsv"),
	ROW(checklists_road, "checklists/road.tsv"),
	ROW(checklists_self, "checklists/self.tsv"),
	ROW(checklists_shelter, "checklists/shelter.tsv"),
	ROW(checklists_small_ent, "checklists/small_ent.tsv"),
	ROW(checklists_store, "checklists/store.tsv"),
	ROW(checklists_tailings, "checklists/tailings.tsv"),
	ROW(checklists_warehouse, "checklists/warehouse.tsv"),
	ROW(codes, "codes.tsv"),
	ROW(demo_flood, "demo/flood.tsv"),
	ROW(demo_town, "demo/town.tsv"),
	ROW(demo_work, "demo/work.tsv"),
	ROW(office, "office.tsv"),
	ROW(packs_coast, "packs/coast.conf"),
	ROW(packs_flood, "packs/flood.conf"),
	ROW(packs_forest, "packs/forest.conf"),
	ROW(packs_geo, "packs/geo.conf"),
	ROW(packs_mine, "packs/mine.conf"),
	ROW(packs_urban, "packs/urban.conf"),
	ROW(roles, "roles.conf"),
	ROW(rules, "rules.conf"),
};

struct bytes shipped_file(const char *name)
{
	for (unsigned i = 0; i < countof(files); i++)
		if (!strcmp(files[i].name, name))
			return bytes_of(files[i].at, (size_t)(files[i].end - files[i].at));
	return bytes_of("", 0);
}

const char *shipped_name(const char *folder, unsigned n)
{
	for (unsigned i = 0; i < countof(files); i++)
		if (!strncmp(files[i].name, folder, strlen(folder)) && n-- == 0)
			return files[i].name;
	return NULL;
}
