import exported from "./export.json";
import kept from "./kept.json";
import changes from "./changes.json";
import credit from "./credit.json";
import margin from "./margin.json";
import tax from "./tax.json";
import dailyClose from "./dailyClose.json";
import add from "./add.json";
import agents from "./agents.json";
import alerts from "./alerts.json";
import automationPreview from "./automationPreview.json";
import automations from "./automations.json";
import catalogue from "./catalogue.json";
import campaigns from "./campaigns.json";
import customers from "./customers.json";
import figures from "./figures.json";
import imports from "./imports.json";
import money from "./money.json";
import sell from "./sell.json";
import settings from "./settings.json";
import templates from "./templates.json";
import wishes from "./wishes.json";
import wallet from "./wallet.json";
import photoModels from "./photoModels.json";
import plan from "./plan.json";
import platformUsage from "./platformUsage.json";
import platform from "./platform.json";
import works from "./works.json";
import platformShops from "./platformShops.json";
import carts from "./carts.json";
import ruleResults from "./ruleResults.json";
import ruleTimeline from "./ruleTimeline.json";
import everywhere from "./everywhere.json";
import views from "./views.json";
import searchTester from "./searchTester.json";

/** The words of all other screens: they come once the page is still, or when such a screen is opened. */
const words = {
  changes,
  kept,
  export: exported,
  credit,
  dailyClose,
  margin,
  tax,
  searchTester,
  everywhere,
  views,
  carts,
  ruleResults,
  ruleTimeline,
  photoModels,
  plan,
  platform,
  platformUsage,
  works,
  platformShops,
  add,
  agents,
  alerts,
  automationPreview,
  automations,
  campaigns,
  catalogue,
  customers,
  figures,
  imports,
  money,
  sell,
  settings,
  templates,
  wallet,
  wishes,
};

export default words;
