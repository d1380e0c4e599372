import auth from "./auth.json";
import chats from "./chats.json";
import colours from "./colours.json";
import common from "./common.json";
import kinds from "./kinds.json";
import live from "./live.json";
import nav from "./nav.json";
import orders from "./orders.json";
import pieces from "./pieces.json";
import plus from "./plus.json";
import receipt from "./receipt.json";
import requests from "./requests.json";
import shop from "./shop.json";
import today from "./today.json";

/** The words of what is opened most: they come with the page. */
const words = {
  auth,
  chats,
  colours,
  common,
  kinds,
  live,
  nav,
  orders,
  pieces,
  plus,
  receipt,
  requests,
  shop,
  today,
};

export default words;
